import Statistics

/// A block's rounds, so that a run finds its control.
struct RoundPairing {
    let block: MeasuredBlock
    let controlCell: MeasuredCell?
    private let controlOfRound: [Int: MeasuredRun]
    let control: ControlFinding?

    init(_ block: MeasuredBlock) {
        self.block = block
        controlCell = block.cells.first { $0.role == .control }
        let controls = Self.byRound(controlCell)
        controlOfRound = controls
        let again = Self.byRound(block.cells.first { $0.role == .selfTestControl })
        let rounds = controls.keys.sorted().map { round in
            Round(control: controls[round]?.wall, selfTestControl: again[round]?.wall, runs: [:])
        }
        control = ControlFinding(rounds, confidence: 0.95)
    }

    private static func byRound(_ cell: MeasuredCell?) -> [Int: MeasuredRun] {
        Dictionary((cell?.runs ?? []).map { ($0.round, $0) }) { first, _ in first }
    }

    /// A cell's runs, each with its round's control.
    func paired(_ cell: MeasuredCell) -> [(run: MeasuredRun, control: MeasuredRun)] {
        cell.runs.compactMap { run in controlOfRound[run.round].map { (run, $0) } }
    }
}
