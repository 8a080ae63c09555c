/// How long an experiment may take yet, by how long its cells took until now.
struct TimeLeft: Sendable {
    private var seconds: [String: CellCount]

    init(_ counts: [String: CellCount]) { seconds = counts }

    mutating func note(_ measurement: Measurement, of cell: Cell) {
        seconds[cell.id, default: CellCount()].add(measurement)
    }

    /// `41 runs left, about 4 min`
    func text(_ queues: [BlockQueue]) -> String {
        let (runs, time) = left(queues)
        let words = "\(runs) \(runs == 1 ? "run" : "runs") left"
        return time.map { "\(words), about \(Self.text($0))" } ?? words
    }

    /// Runs and seconds; what was never run is taken for its block's mean, or else for the mean of all.
    func left(_ queues: [BlockQueue]) -> (runs: Int, seconds: Double?) {
        let all = mean(Array(seconds.keys))
        var left = (runs: 0, seconds: 0.0)
        for queue in queues where !queue.isFinished {
            let rounds = queue.block.cells.map(queue.remaining).max() ?? 0
            let typical = mean(queue.block.cells.map(\.id)) ?? all ?? 0
            for cell in queue.block.cells {
                let runs = cell.arm.kind == nil ? rounds : queue.remaining(cell)
                left.runs += runs
                left.seconds += Double(runs) * (seconds[cell.id]?.seconds ?? typical)
            }
        }
        return (left.runs, all == nil ? nil : left.seconds)
    }

    private func mean(_ ids: [String]) -> Double? {
        let known = ids.compactMap { seconds[$0] }.filter { $0.runs > 0 }
        return known.isEmpty ? nil : known.reduce(0) { $0 + $1.seconds } / Double(known.count)
    }

    static func text(_ seconds: Double) -> String {
        switch seconds {
        case ..<90: "\(Int(seconds.rounded())) s"
        case ..<5400: "\(Int((seconds / 60).rounded())) min"
        default: "\((seconds / 360).rounded() / 10) h"
        }
    }
}
