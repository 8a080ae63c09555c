import ProfileModel
import Statistics

/// One program at one size under one interpreter.
public struct BlockFinding: Encodable, Sendable, Equatable {
    public var id: String
    public var workload: String
    public var arguments: [String]
    public var python: String
    /// In which a run was made, be it one that failed.
    public var rounds: Int
    /// Null where no round has both controls.
    @ExplicitNull public var control: ControlFinding?
    @ExplicitNull public var settling: Settling?
    public var arms: [ArmFinding] = []
    /// What the program told of itself in its unprofiled runs.
    public var truth: [ShareFinding] = []
    /// Of the controls.
    public var failures: [FailureFinding] = []
    public var caveats: [Caveat] = []
}

extension BlockFinding {
    public init(_ block: MeasuredBlock) { self.init(RoundPairing(block)) }

    init(_ pairing: RoundPairing) {
        let block = pairing.block
        self.init(
            id: block.id, workload: block.workload, arguments: block.arguments, python: block.python,
            rounds: block.rounds)
        control = pairing.control
        settling = pairing.controlCell.flatMap { Settling($0.runs.map(\.wall)) }
        arms = block.cells.filter { $0.role == .profiled }.map { ArmFinding($0, pairing) }
        truth = pairing.controlCell.map { ShareFinding.all(of: $0) } ?? []
        failures =
            block.cells.filter { $0.role != .profiled }.reduce(into: [:]) { $0.merge($1.failures, uniquingKeysWith: +) }
            .findings
        caveats = [control?.drift].compactMap { $0 }
    }

    private init(id: String, workload: String, arguments: [String], python: String, rounds: Int) {
        (self.id, self.workload, self.arguments, self.python, self.rounds) = (id, workload, arguments, python, rounds)
    }

    /// The program and its arguments.
    public var label: String { ([workload] + arguments).joined(separator: " ") }
}

extension [String: Int] {
    var findings: [FailureFinding] {
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
                ShareFinding(
                    basis: place.basis, name: place.name, file: place.file, line: place.line, share: Interval($0))
            }
        }.sorted { (-$0.share.mean, $0.name, $0.line) < (-$1.share.mean, $1.name, $1.line) }
    }
}

extension MeasuredShare {
    fileprivate var place: PlaceKey { PlaceKey(basis: basis, name: name, file: file, line: line) }
}

extension HottestFinding {
    static func all(of cell: MeasuredCell) -> [HottestFinding] {
        let own = cell.shares.filter { $0.basis == .function || $0.basis == .line }
        let tops = Dictionary(grouping: own, by: \.round).values.compactMap { $0.max { $0.share < $1.share }?.place }
        return Dictionary(grouping: tops) { $0 }.map { place, runs in
            HottestFinding(name: place.name, file: place.file, line: place.line, runs: runs.count)
        }.sorted { ($1.runs, $0.name, $0.line) < ($0.runs, $1.name, $1.line) }
    }
}
