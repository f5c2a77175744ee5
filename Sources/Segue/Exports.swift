// `import Segue` is enough to use the whole pipeline.
@_exported public import SegueClustering
@_exported public import SegueCore
@_exported public import SegueFeatures
@_exported public import SegueIngest
@_exported public import SegueJourney
@_exported public import SegueNumerics
@_exported public import SeguePersona
@_exported public import SegueProfile
@_exported public import SegueReport
@_exported public import SegueSources
@_exported public import SegueValue
