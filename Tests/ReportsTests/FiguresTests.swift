import Analysis
import Testing

@testable import Reports

@Suite("Figures")
struct FiguresTests {
    @Test(arguments: [
        (0.971, 0.964, 0.977, "97.1 % [96.4, 97.7]"), (0.00412, 0.0039, 0.0044, "0.41 % [0.39, 0.44]"),
        (0, 0, 0.0038, "0.0 % [0.0, 0.4]"), (1, 0.9981, 1, "100.0 % [99.8, 100.0]"),
    ])
    func sharesHaveTheDigitsTheyDeserve(share: Double, low: Double, high: Double, text: String) {
        #expect(ShareText(Estimate(share: share, low: low, high: high)).text == text)
    }

    @Test func worstCaseBoundsAreNoInterval() {
        let share = ShareText(Estimate(share: 0.74, worstLow: 0.05, worstHigh: 0.98))
        #expect(share.text == "74.0 % (5.0, 98.0)")
        #expect(share.isWorstCase)
    }

    @Test func whatIsMissingIsADash() {
        #expect(ShareText(nil) == .missing)
        #expect(ShareText(Estimate(share: .nan)) == .missing)
        #expect(Figures.probability(nil) == "–")
        #expect(Figures.fixed(.infinity, 1) == "–")
    }

    @Test(arguments: [
        (0.125, 2, "0.13"), (-0.04, 1, "0.0"), (-1.25, 1, "−1.3"), (9.996, 2, "10.00"), (1e300, 1, "1e+300"),
        (12345.67, 1, "12,345.7"), (-1234.5, 1, "−1,234.5"), (-0.5, 1, "−0.5"),
    ])
    func numbersAreRounded(value: Double, digits: Int, text: String) {
        #expect(Figures.fixed(value, digits) == text)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "−1,234,567"), (.min, "−9,223,372,036,854,775,808"),
    ])
    func countsAreGrouped(count: Int, text: String) {
        #expect(Figures.count(count) == text)
    }

    @Test(arguments: [(0, "0 s"), (0.00004, "40 µs"), (0.0123, "12.3 ms"), (1.87, "1.87 s"), (1234, "1,234 s")])
    func timesHaveTheUnitTheyDeserve(seconds: Double, text: String) {
        #expect(Figures.seconds(seconds) == text)
    }

    @Test(arguments: [
        ("/home/ada/talk/sieve.py", "sieve.py"), ("/home/ada/lib/a.py", "~/lib/a.py"),
        ("/home/adam/a.py", "/home/adam/a.py"),
        ("/v/site-packages/numpy/core.py", "numpy/core.py"), ("<string>", "<string>"),
    ])
    func pathsAreShortened(path: String, text: String) {
        #expect(Sieve.paths(path) == text)
    }

    @Test func textIsClippedByColumns() {
        #expect("sieve".clipped(to: 5) == "sieve")
        #expect("sieve.py".clipped(to: 5) == "siev…")
        #expect("素数素数".clipped(to: 5) == "素数…")
        #expect("sieve".clipped(to: 0) == "")
    }
}
