import ProfileModel
import Statistics

extension BlockFinding {
    public init(_ block: MeasuredBlock) { self.init(RoundPairing(block)) }

    init(_ pairing: RoundPairing) {
        let block = pairing.block
        self.init(id: block.id, workload: block.workload, arguments: block.arguments, python: block.python, rounds: block.rounds)
        control = pairing.control
        settling = pairing.controlCell.flatMap { Settling($0.runs.map(\.wall)) }
        arms = block.cells.filter { $0.role == .profiled }.map { ArmFinding($0, pairing) }
        truth = pairing.controlCell.map { ShareFinding.all(of: $0) } ?? []
        failures = block.cells.filter { $0.role != .profiled }.reduce(into: [:]) { $0.merge($1.failures, uniquingKeysWith: +) }.findings
        caveats = [control?.drift].compactMap { $0 }
    }

    private init(id: String, workload: String, arguments: [String], python: String, rounds: Int) {
        (self.id, self.workload, self.arguments, self.python, self.rounds) = (id, workload, arguments, python, rounds)
    }

    /// The program and its arguments.
    public var label: String { ([workload] + arguments).joined(separator: " ") }
}

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

extension ArmFinding {
    init(_ cell: MeasuredCell, _ pairing: RoundPairing) {
        let paired = pairing.paired(cell)
        let walls = cell.runs.map(\.wall)
        self.init(
            name: cell.arm, settings: cell.settings, cell: cell.id, kind: cell.kind, runs: cell.runs.count,
            slowdown: Jackknife.ratio(paired.map(\.run.wall), to: paired.map(\.control.wall)).map(Ratio.init),
            added: Jackknife.mean(paired.map { $0.run.cpu - $0.control.cpu }).map(Interval.init),
            ledger: cell.ledger, settling: Settling(walls),
            outliers: Fences(walls).map { fences in walls.count { !fences.holds($0) } } ?? 0,
            failures: cell.failures.findings, shares: ShareFinding.all(of: cell), hottest: HottestFinding.all(of: cell))
    }
}

extension Interval {
    init(_ estimate: RoundsEstimate) { self.init(mean: estimate.value, low: estimate.bounds?.low, high: estimate.bounds?.high) }
}

extension [String: Int] {
    fileprivate var findings: [FailureFinding] {
        sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { FailureFinding(why: $0.key, runs: $0.value) }
    }
}

extension ShareFinding {
    /// Mean shares over a cell's runs, the greatest first; a run in which a place was not seen gives it 0.
    static func all(of cell: MeasuredCell) -> [ShareFinding] {
        let rounds = cell.runs.map(\.round)
        return Dictionary(grouping: cell.shares, by: \.place).compactMap { place, shares in
            let ofRound = Dictionary(shares.map { ($0.round, $0.share) }) { first, _ in first }
            let mean = Jackknife.share(rounds.map { ofRound[$0] ?? 0 }, of: rounds.map { _ in 1 })
            return mean.map {
                ShareFinding(basis: place.basis, name: place.name, file: place.file, line: place.line, share: Interval($0))
            }
        }.sorted { (-$0.share.mean, $0.name, $0.line) < (-$1.share.mean, $1.name, $1.line) }
    }
}

extension MeasuredShare {
    fileprivate var place: PlaceKey { PlaceKey(basis: basis, name: name, file: file, line: line) }
}

extension HottestFinding {
    fileprivate static func all(of cell: MeasuredCell) -> [HottestFinding] {
        let own = cell.shares.filter { $0.basis == .function || $0.basis == .line }
        let tops = Dictionary(grouping: own, by: \.round).values.compactMap { $0.max { $0.share < $1.share }?.place }
        return Dictionary(grouping: tops) { $0 }.map { place, runs in
            HottestFinding(name: place.name, file: place.file, line: place.line, runs: runs.count)
        }.sorted { ($1.runs, $0.name, $0.line) < ($0.runs, $1.name, $1.line) }
    }
}
