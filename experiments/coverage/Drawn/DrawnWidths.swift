import Measuring

/// Whether the jittered intervals are as narrow as they should be: by workload, over all N.
enum DrawnWidths {
    private static let askedOfSlow = 0.5
    private static let rounding = 1e-9

    static func rows(_ cells: [DrawnCell]) -> [Row] {
        let jittered = Dictionary(grouping: cells.filter { $0.schedule == "jittered" }, by: \.workload)
        return jittered.sorted { $0.key < $1.key }.flatMap { workload, cells in
            [widest(workload, cells), slow(workload, cells)].compactMap { $0 }
        }
    }

    private static func widest(_ workload: String, _ cells: [DrawnCell]) -> Row {
        let widest = cells.flatMap { $0.functions.values.map(\.widest) }.max() ?? 0
        return Row(
            figure: "jittered, drawn, \(workload), widest / poisson's", asked: "at most 1",
            measured: Words.decimals(widest, 6), from: "\(cells.reduce(0) { $0 + $1.picked.count }) draws",
            verdict: widest <= 1 + rounding ? .met : .missed)
    }

    /// `nil` where no function's phases are slow at any N.
    private static func slow(_ workload: String, _ cells: [DrawnCell]) -> Row? {
        let slow = cells.flatMap(\.functions.values).filter { $0.slowPoissonWidth > 0 }
        guard !slow.isEmpty else { return nil }
        let ratio = slow.reduce(0) { $0 + $1.slowWidth } / slow.reduce(0) { $0 + $1.slowPoissonWidth }
        return Row(
            figure: "jittered, drawn, \(workload), mean width / poisson's on slow phases", asked: "at most 0.5",
            measured: Words.decimals(ratio, 3),
            from: Words.count(slow.count, "function and N", many: "functions and N"),
            verdict: ratio <= askedOfSlow ? .met : .missed)
    }
}
