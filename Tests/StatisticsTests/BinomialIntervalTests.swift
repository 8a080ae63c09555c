import Statistics
import Testing

/// Reference values from SciPy: `binomtest(x, n).proportion_ci(0.95, "wilson" | "exact")`;
/// for fractional counts `beta.ppf(0.025, x, n − x + 1)` and `beta.ppf(0.975, x + 1, n − x)`.
struct BinomialIntervalTests {
    @Test(arguments: [
        (0.0, 10.0, 0.0, 0.27753279986288926), (1, 10, 0.017876213095072896, 0.4041500267952385),
        (10, 100, 0.05522913706067508, 0.17436566150491345), (300, 1000, 0.27240684247700486, 0.32912386091721724),
        (970, 1000, 0.9574965858524128, 0.9789062611711653), (5e5, 1e6, 0.4990200198900048, 0.5009799801099952),
    ])
    func wilson(x: Double, n: Double, low: Double, high: Double) throws {
        try expectClose(Wilson.interval(x, of: n), low, high)
    }

    @Test(arguments: [
        (0.0, 10.0, 0.0, 0.30849710781876294), (1, 10, 0.0025285785444625728, 0.44501611702819543),
        (10, 100, 0.04900468922148595, 0.17622259774017532), (300, 1000, 0.27172111212914873, 0.32946167869736503),
        (970, 1000, 0.9574485975299709, 0.9796695143168853), (5e5, 1e6, 0.4990195191953118, 0.5009804808046883),
        (2.5, 40.5, 0.010402626307579967, 0.18466560338643884),
        (0.3, 12.7, 2.4405901528446787e-07, 0.28987375199525683),
        (9.75, 1234567.5, 3.7452963906155094e-06, 1.4632884798068466e-05),
    ])
    func clopperPearson(x: Double, n: Double, low: Double, high: Double) throws {
        try expectClose(ClopperPearson.interval(x, of: n), low, high)
    }

    @Test func otherConfidence() throws {
        try expectClose(Wilson.interval(30, of: 100, confidence: 0.99), 0.19746065620990516, 0.427427618876424)
        try expectClose(
            ClopperPearson.interval(30, of: 100, confidence: 0.99), 0.18901476186012414, 0.43061355361651943)
    }

    @Test func byTheRarerOfSuccessesAndFailures() {
        for (x, method) in [
            (0, ClopperPearson.interval), (4.9, ClopperPearson.interval), (5, MidP.interval), (29.9, MidP.interval),
            (30, Wilson.interval), (70, Wilson.interval), (70.1, MidP.interval), (95, MidP.interval),
            (95.1, ClopperPearson.interval), (100, ClopperPearson.interval),
        ] {
            #expect(BinomialInterval.recommended(x, of: 100) == method(x, 100, 0.95))
        }
        #expect(BinomialInterval.recommended(10, of: 34) == MidP.interval(10, of: 34))
        #expect(BinomialInterval.recommended(10, of: 33) == Blaker.interval(10, of: 33))
        #expect(BinomialInterval.recommended(10, of: 33.9) == ClopperPearson.interval(10, of: 33.9))
        #expect(
            BinomialInterval.recommended(10, of: 33, confidence: 0.99)
                == ClopperPearson.interval(10, of: 33, confidence: 0.99))
        #expect(
            BinomialInterval.recommended(50, of: 100, confidence: 0.9) == Wilson.interval(50, of: 100, confidence: 0.9))
        #expect(
            BinomialInterval.recommended(50, of: 100, confidence: 0.99)
                == ClopperPearson.interval(50, of: 100, confidence: 0.99))
    }

    @Test func midPIsNarrowerThanExact() throws {
        for x in stride(from: 0.5, through: 40, by: 0.5) {
            let midP = try #require(MidP.interval(x, of: 40))
            let exact = try #require(ClopperPearson.interval(x, of: 40))
            #expect(exact.low < midP.low && midP.high <= exact.high)
        }
    }

    /// Within the exact interval of half a tail each, and still exact.
    @Test(arguments: [1, 12, 30, 33]) func blakerIsNarrowerThanExactAndCovers(n: Int) throws {
        let bounds = try (0...n).map { try #require(Blaker.interval(Double($0), of: Double(n))) }
        for (x, inner) in bounds.enumerated() {
            let outer = try #require(ClopperPearson.interval(Double(x), of: Double(n)))
            #expect(outer.low <= inner.low + 1e-12 && inner.high <= outer.high + 1e-12)
        }
        for p in stride(from: 0.01, to: 1, by: 0.01) { #expect(coverage(bounds, p) >= 0.95) }
    }

    /// Every x of every n up to 30: holds the estimate, stays in 0…1, mirrors, and grows with x.
    @Test(arguments: [
        Wilson.interval(_:of:confidence:), MidP.interval(_:of:confidence:), ClopperPearson.interval(_:of:confidence:),
        Blaker.interval(_:of:confidence:),
    ])
    func everySmallCase(interval: @Sendable (Double, Double, Double) -> Bounds?) throws {
        for n in 1...30 {
            var before = Bounds(low: -1, high: -1)
            for x in 0...n {
                let bounds = try #require(interval(Double(x), Double(n), 0.95))
                let mirrored = try #require(interval(Double(n - x), Double(n), 0.95))
                let p = Double(x) / Double(n)
                #expect(0 <= bounds.low && bounds.low <= p && p <= bounds.high && bounds.high <= 1)
                #expect(abs(bounds.low - (1 - mirrored.high)) < 1e-12)
                #expect(bounds.low >= before.low && bounds.high > before.high)
                before = bounds
            }
        }
    }

    /// Exact means: at its own low end, as many successes as seen are just 2.5 % likely.
    @Test func exactCoversAtLeastWhatItSays() throws {
        let n = 12
        let bounds = try (0...n).map { try #require(ClopperPearson.interval(Double($0), of: Double(n))) }
        for p in stride(from: 0.01, to: 1, by: 0.01) { #expect(coverage(bounds, p) >= 0.95) }
    }

    @Test func noTrialsOrImpossibleCounts() {
        for (x, n) in [(0.0, 0.0), (1, 0), (-1, 10), (11, 10), (.nan, 10), (1, .nan), (1, .infinity)] {
            #expect(Wilson.interval(x, of: n) == nil)
            #expect(MidP.interval(x, of: n) == nil)
            #expect(Blaker.interval(x, of: n) == nil)
            #expect(ClopperPearson.interval(x, of: n) == nil)
            #expect(BinomialInterval.recommended(x, of: n) == nil)
        }
    }

    private func coverage(_ bounds: [Bounds], _ p: Double) -> Double {
        bounds.indices.filter { bounds[$0].low <= p && p <= bounds[$0].high }
            .reduce(0) { $0 + binomial($1, bounds.count - 1, p) }
    }

    private func expectClose(_ bounds: Bounds?, _ low: Double, _ high: Double) throws {
        let bounds = try #require(bounds)
        #expect(abs(bounds.low - low) <= 1e-9 * low + 1e-15)
        #expect(abs(bounds.high - high) <= 1e-9 * high)
    }

    private func binomial(_ k: Int, _ n: Int, _ p: Double) -> Double {
        var chance = 1.0
        for i in 0..<k { chance *= Double(n - i) / Double(i + 1) * p }
        for _ in k..<n { chance *= 1 - p }
        return chance
    }
}
