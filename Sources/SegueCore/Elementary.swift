import Glibc

/// The elementary functions of libm, in one place so that only one file knows the platform.
public enum Elementary {
  public static func log(_ x: Double) -> Double { Glibc.log(x) }
  public static func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
  public static func exp(_ x: Double) -> Double { Glibc.exp(x) }
  public static func expm1(_ x: Double) -> Double { Glibc.expm1(x) }
  public static func sqrt(_ x: Double) -> Double { x.squareRoot() }
  public static func erfc(_ x: Double) -> Double { Glibc.erfc(x) }
}
