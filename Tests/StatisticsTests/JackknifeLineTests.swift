import Testing

@testable import Statistics

@Suite struct JackknifeLineTests {
    private let dose = [0.0, 1, 2, 4]

    @Test(arguments: [1.0, 0, 0.5, -2])
    func aLineIsFoundAgain(slope: Double) throws {
        let x = [[0.0, 0.1, 0.2, 0.4], [0.0, 0.12, 0.19, 0.42], [0.0, 0.11, 0.22, 0.38]]
        let y = x.map { $0.map { 0.3 + slope * $0 } }
        let line = try #require(Jackknife.line(y, over: x, dose: dose))
        #expect(abs(line.slope.value - slope) < 1e-12 && abs(line.intercept.value - 0.3) < 1e-12)
        let (slopes, intercepts) = (try #require(line.slope.bounds), try #require(line.intercept.bounds))
        #expect(slopes.high - slopes.low < 1e-9 && intercepts.high - intercepts.low < 1e-9)
    }

    /// By hand: doses 0, 1, 2, 4 about their mean 1.75 are −1.75, −0.75, 0.25, 2.25.
    @Test func theDoseIsTheInstrument() throws {
        let y = [[0.0, 3, 1, 5]], x = [[0.0, 1, 3, 4]]
        let line = try #require(Jackknife.line(y, over: x, dose: dose))
        let slope = (-0.75 * 3 + 0.25 * 1 + 2.25 * 5) / (-0.75 * 1 + 0.25 * 3 + 2.25 * 4)
        #expect(abs(line.slope.value - slope) < 1e-12)
        #expect(abs(line.intercept.value - (9.0 / 4 - slope * 8 / 4)) < 1e-12)
        #expect(line.slope.bounds == nil && line.intercept.bounds == nil)
    }

    @Test func thereIsNoLineWhereXDoesNotGrow() {
        let y = [[0.0, 1, 2, 4], [0.0, 1, 2, 4], [0.0, 1, 2, 4]]
        #expect(Jackknife.line(y, over: y.map { $0.map { _ in 0 } }, dose: dose) == nil)
        #expect(Jackknife.line(y, over: y.map { $0.map { -$0 } }, dose: dose) == nil)
        #expect(Jackknife.line([], over: [], dose: dose) == nil)
    }

    @Test func whereOneRoundCarriesAllGrowthThereIsNoInterval() throws {
        let x = [[0.0, 1, 2, 4], [0.0, 0, 0, 0], [0.0, 0, 0, 0]]
        let line = try #require(Jackknife.line(x, over: x, dose: dose))
        #expect(abs(line.slope.value - 1) < 1e-12 && line.slope.bounds == nil)
    }

    /// The errors of x are more than half of its first step. Least squares is pulled towards 0, this is not; and the
    /// intervals hold what they should.
    @Test(arguments: [5, 10])
    func errorsOfXDoNotPullTheSlope(rounds: Int) throws {
        var random = SplitMix(state: 11)
        let experiments = 1000
        var slopes: [Double] = [], leastSquares: [Double] = []
        var held = (slope: 0, intercept: 0)
        for _ in 0..<experiments {
            let x = (0..<rounds).map { _ in dose.map { $0 + 0.6 * random.normal() } }
            let y = (0..<rounds).map { _ in dose.map { $0 + 0.6 * random.normal() } }
            let line = try #require(Jackknife.line(y, over: x, dose: dose))
            slopes.append(line.slope.value)
            leastSquares.append(Self.leastSquares(y, x))
            let (slope, intercept) = (try #require(line.slope.bounds), try #require(line.intercept.bounds))
            held.slope += slope.low <= 1 && 1 <= slope.high ? 1 : 0
            held.intercept += intercept.low <= 0 && 0 <= intercept.high ? 1 : 0
        }
        let count = Double(experiments)
        #expect(abs(slopes.reduce(0, +) / count - 1) < 0.02)
        #expect(leastSquares.reduce(0, +) / count < 0.9)
        for part in [Double(held.slope) / count, Double(held.intercept) / count] {
            #expect((0.925...0.98).contains(part), "\(part)")
        }
    }

    private static func leastSquares(_ y: [[Double]], _ x: [[Double]]) -> Double {
        let pairs = zip(x.flatMap { $0 }, y.flatMap { $0 })
        let (xs, ys) = (pairs.map(\.0), pairs.map(\.1))
        let (xMean, yMean) = (xs.reduce(0, +) / Double(xs.count), ys.reduce(0, +) / Double(ys.count))
        return pairs.reduce(0) { $0 + ($1.0 - xMean) * ($1.1 - yMean) }
            / xs.reduce(0) { $0 + ($1 - xMean) * ($1 - xMean) }
    }
}
