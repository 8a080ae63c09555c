import Statistics
import Testing

struct OverheadRegressionTests {
    private typealias Row = OverheadRegression.Row

    /// T − T₀ = 2 + 3·x₁ − x₂, exactly or with a little scatter, each workload twice.
    private func planted(scatter: Double = 0) -> [Row] {
        let predictors: [[Double]] = [[0, 1], [1, 0], [2, 5], [4, 1], [7, 3], [9, 9]]
        return predictors.enumerated().flatMap { group, x in
            [-1.0, 1].map { sign in
                Row(added: 2 + 3 * x[0] - x[1] + sign * scatter, predictors: x, group: group)
            }
        }
    }

    @Test func findsWhatWasPlanted() throws {
        let model = try #require(OverheadRegression(planted(scatter: 0.01)))
        for (found, truth) in zip(model.weighted, [2.0, 3, -1]) {
            #expect(abs(found.value - truth) < 0.02)
            #expect(found.bounds.low <= truth && truth <= found.bounds.high)
        }
        let robust = try #require(model.robust)
        for (found, truth) in zip(robust, [2.0, 3, -1]) { #expect(abs(found.value - truth) < 0.02) }
        #expect(try #require(model.lackOfFit).p > 0.5)
        #expect(try #require(model.leaveOneOutError) < 0.01)
    }

    @Test func theRobustFitForgetsAnOutlier() throws {
        var rows = planted(scatter: 0.01)
        rows[3].added += 50
        let model = try #require(OverheadRegression(rows))
        #expect(abs(model.weighted[0].value - 2) > 1)
        #expect(abs(try #require(model.robust)[0].value - 2) < 0.1)
    }

    /// A row with a millionth of the weight is as good as not there; with equal weights it is.
    @Test func weightsCount() throws {
        var rows = planted(scatter: 0.01)
        rows[3].added += 50
        rows[3].weight = 1e-9
        let model = try #require(OverheadRegression(rows))
        #expect(abs(model.weighted[0].value - 2) < 0.1)
    }

    /// What is quadratic does not fit: F sees it, and so does leaving out.
    @Test func lackOfFitIsSeen() throws {
        let rows = planted(scatter: 0.01).map { row in
            Row(added: row.added + row.predictors[0] * row.predictors[0], predictors: row.predictors, group: row.group)
        }
        let model = try #require(OverheadRegression(rows))
        #expect(try #require(model.lackOfFit).p < 1e-6)
        #expect(try #require(model.leaveOneOutError) > 0.1)
    }

    @Test func leavingOutIsByWorkload() throws {
        let model = try #require(OverheadRegression(planted()))
        #expect(model.leftOut.map(\.group) == [0, 1, 2, 3, 4, 5])
        for left in model.leftOut { #expect(abs(try #require(left.predicted) - left.measured) < 1e-9) }
        #expect(model.lackOfFit == nil)
    }

    @Test func withoutReplicatesThereIsNoLackOfFit() throws {
        let rows = planted(scatter: 0.01).enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        #expect(try #require(OverheadRegression(rows)).lackOfFit == nil)
    }

    /// A workload that alone tells a cost cannot be predicted by the others.
    @Test func whatOnlyOneTellsIsNotPredicted() throws {
        var rows = planted(scatter: 0.01)
        for index in rows.indices { rows[index].predictors[1] = index < 2 ? 1 : 0 }
        let model = try #require(OverheadRegression(rows))
        #expect(model.leftOut[0].predicted == nil)
        #expect(model.leaveOneOutError == nil)
    }

    @Test func notDetermined() {
        #expect(OverheadRegression([]) == nil)
        #expect(OverheadRegression(Array(planted().prefix(3))) == nil)
        let dependent = planted().map {
            Row(added: $0.added, predictors: [$0.predictors[0], 2 * $0.predictors[0]], group: $0.group)
        }
        #expect(OverheadRegression(dependent) == nil)
        #expect(
            OverheadRegression(planted().map { Row(added: $0.added, predictors: [1e7, 3e6], group: $0.group) }) == nil)
        var rows = planted()
        rows[0].weight = 0
        #expect(OverheadRegression(rows) == nil)
        rows[0].weight = .infinity
        #expect(OverheadRegression(rows) == nil)
        rows[0].weight = 1
        rows[0].added = .nan
        #expect(OverheadRegression(rows) == nil)
        rows[0].added = 1
        rows[0].predictors = [1]
        #expect(OverheadRegression(rows) == nil)
    }
}
