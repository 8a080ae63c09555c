import Measuring

/// All draws of one workload, schedule and N.
struct DrawnCell: Sendable {
    var workload: String
    var schedule: String
    var ticks: Int
    var timelines = 0
    /// Of a function picked at random in each draw.
    var picked = Trials(successes: 0, count: 0)
    var functions: [String: Function] = [:]

    /// Of one function, over the draws of all timelines.
    struct Function: Sendable {
        var trials = Trials(successes: 0, count: 0)
        var error = 0.0
        var width = 0.0
        var binomialWidth = 0.0
        var poissonWidth = 0.0
        var widest = 0.0
        /// The same two widths where the function's phases are slow.
        var slowWidth = 0.0
        var slowPoissonWidth = 0.0
    }

    /// What is asked of the schedule's coverage.
    static func asked(_ schedule: String) -> Rule { .atLeast(schedule == "jittered" ? 0.94 : 0.93) }

    var coverageRow: Row {
        Row(
            figure: "\(schedule), drawn, \(workload), N = \(ticks)", asked: Self.asked(schedule).text,
            measured: [picked.text, worst, bias, width].joined(separator: "; "),
            from: "\(picked.count) draws of \(Words.count(timelines, "timeline"))",
            verdict: Self.asked(schedule).verdict(on: picked))
    }

    private var worst: String {
        guard
            let worst = functions.min(by: { ($0.value.trials.part ?? 1, $0.key) < ($1.value.trials.part ?? 1, $1.key) })
        else { return "" }
        return "least \(worst.key) \(worst.value.trials.text)"
    }

    /// The greatest mean error of a function, in points.
    private var bias: String {
        let errors = functions.values.map { 100 * $0.error / Double(max(1, $0.trials.count)) }
        return "bias \(Words.decimals(errors.max { abs($0) < abs($1) } ?? 0, 3))"
    }

    private var width: String {
        let draws = Double(max(1, picked.count) * max(1, functions.count))
        let sum = { (part: (Function) -> Double) in functions.values.reduce(0) { $0 + part($1) } }
        return "width \(Words.decimals(100 * sum(\.width) / draws, 2)), "
            + "\(Words.decimals(sum(\.width) / sum(\.binomialWidth), 2)) of the binomial's, "
            + "\(Words.decimals(sum(\.width) / sum(\.poissonWidth), 2)) of poisson's"
    }
}

extension DrawnCell {
    /// Intervals, on average, that a function is there or away at a time, from which on its phases are slow.
    static let slow = 10.0
    /// Ticks expected on and off, under which the interval is the exact one and does not narrow.
    static let enough = 20.0

    /// In the order of the table.
    static func all(in store: Store) throws -> [DrawnCell] {
        try store.allDrawn().reduce(into: []) { cells, stored in
            let drawn = stored.drawn
            let isNew =
                cells.last.map { ($0.workload, $0.schedule, $0.ticks) != (stored.workload, drawn.schedule, drawn.n) }
                ?? true
            if isNew { cells.append(DrawnCell(workload: stored.workload, schedule: drawn.schedule, ticks: drawn.n)) }
            cells[cells.count - 1].add(drawn, stored.functions)
        }
    }

    private mutating func add(_ stored: DrawnRecord, _ added: [DrawnFunctionRecord]) {
        timelines += 1
        picked = picked + Trials(successes: stored.picked, count: stored.draws)
        for row in added {
            var function = functions[row.function] ?? Function()
            function.trials = function.trials + Trials(successes: row.covered, count: stored.draws)
            function.error += row.error
            function.width += row.width
            function.binomialWidth += row.binomialWidth
            function.poissonWidth += row.poissonWidth
            function.widest = max(function.widest, row.widest)
            if row.phase >= Self.slow, min(row.truth, 1 - row.truth) * Double(ticks) >= Self.enough {
                function.slowWidth += row.width
                function.slowPoissonWidth += row.poissonWidth
            }
            functions[row.function] = function
        }
    }
}
