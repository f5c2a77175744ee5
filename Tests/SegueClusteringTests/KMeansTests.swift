import SegueNumerics
import Testing
