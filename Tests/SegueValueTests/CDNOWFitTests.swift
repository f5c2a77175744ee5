import SegueTestSupport
import SegueValue
import Testing

/// Parameters, likelihoods and errors of CDNOW as published.
@Suite("Fits to CDNOW")
struct CDNOWFitTests {
  @Test("BG/NBD is that of Fader, Hardie & Lee (2005) and of CLVTools")
  func bgnbd() throws {
    let fit = try OrderModel.bgnbd.fit(BTYDReference.cdnow())
    #expect(fit.isConverged && fit.remarks.isEmpty && fit.customers == 2357)
    #expect(fit.gradient < 1e-9)
    #expect(fit.parameters.map(\.name) == ["r", "alpha", "a", "b"])
    for (name, printed, tools) in [
      ("r", 0.243, 0.2425945), ("alpha", 4.414, 4.4136019), ("a", 0.793, 0.7929199), ("b", 2.426, 2.4258881),
    ] {
      let value = try #require(fit[name])
      #expect((value - printed).magnitude <= 0.0005, "\(name)")
      #expect(isNear(value, tools, 1e-4), "\(name)")
    }
    #expect((fit.logLikelihood + 9582.429).magnitude < 0.001)
    let model = try #require(BGNBD(fit))
    #expect(isNear(model.expectedOrders(within: 52), 1.444004, 1e-4))
    for (time, orders) in zip(
      [1.0 / 7, 1, 3, 223.0 / 7, 32, 78], [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576])
    {
      #expect((model.expectedOrders(within: time) - orders).magnitude < 0.0006)
    }
  }

  @Test("Pareto/NBD is that of Fader, Hardie & Lee (2005) and of CLVTools, with its errors")
  func paretonbd() throws {
    let fit = try OrderModel.paretonbd.fit(BTYDReference.cdnow())
    #expect(fit.isConverged && fit.remarks.isEmpty && fit.gradient < 1e-9)
    for (parameter, (printed, tolerance, error)) in zip(
      fit.parameters,
      [
        (0.553, 0.0005, 0.0476264), (10.578, 0.002, 0.8427222), (0.606, 0.0005, 0.1872594),
        (11.669, 0.01, 6.2105448),
      ])
    {
      #expect((parameter.value - printed).magnitude <= tolerance, "\(parameter.name)")
      #expect(isNear(try #require(parameter.standardError), error, 1e-3), "\(parameter.name)")
    }
    #expect((fit.logLikelihood + 9594.976).magnitude < 0.001)
    #expect(isNear(try #require(ParetoNBD(fit)).expectedOrders(within: 52), 1.473434, 1e-3))
  }

  @Test("errors are those lifetimes documents", .enabled(if: BTYDReference.isThere))
  func documentedErrors() throws {
    let fit = try OrderModel.bgnbd.fit(BTYDReference.roundedSummary())
    for (parameter, (value, error)) in zip(
      fit.parameters,
      [(0.242593, 0.012557), (4.413532, 0.378221), (0.792886, 0.185719), (2.425752, 0.705345)])
    {
      #expect((parameter.value - value).magnitude < 2.5e-6, "\(parameter.name)")
      #expect((try #require(parameter.standardError) - error).magnitude < 2e-6, "\(parameter.name)")
    }
  }

  @Test("both models come to the peaks found with 30 digits", .enabled(if: BTYDReference.isThere))
  func exactPeaks() throws {
    let reference = try BTYDReference.fits()
    for (purchases, fits) in [
      (try BTYDReference.cdnow(), reference.mle_exact_log),
      (try BTYDReference.roundedSummary(), reference.mle_rounded_summary),
    ] {
      for (model, expected) in [(OrderModel.bgnbd, fits.bgnbd), (.paretonbd, fits.pnbd)] {
        let fit = try model.fit(purchases)
        #expect((fit.logLikelihood - expected.ll).magnitude < 1e-6)
        for parameter in fit.parameters {
          #expect(
            isNear(parameter.value, try #require(expected.params[parameter.name]), 1e-6), "\(parameter.name)")
          let error = try #require(expected.standard_errors?[parameter.name])
          #expect(isNear(try #require(parameter.standardError), error, 1e-5), "\(model) \(parameter)")
        }
      }
    }
  }
}
