import ProfileModel

/// What was measured of one program at one size under one interpreter: rounds of cells.
public struct MeasuredBlock: Sendable {
    public var id: String
    public var workload: String
    public var arguments: [String]
    public var python: String
    /// How many rounds have a run of it.
    public var rounds: Int
    public var cells: [MeasuredCell] = []

    public init(id: String, workload: String, arguments: [String], python: String, rounds: Int = 0) {
        (self.id, self.workload, self.arguments, self.python) = (id, workload, arguments, python)
        self.rounds = rounds
    }
}

/// All runs of one cell: of the program, at that size, started in one way.
public struct MeasuredCell: Sendable {
    /// What a cell is to the others of its block.
    public enum Role: String, Sendable, Codable {
        case control
        /// The control once more, to hold it against itself.
        case selfTestControl = "second control"
        case profiled
    }

    public var id: String
    /// The arm's name: a design with what of its settings the experiment varies.
    public var arm: String
    public var settings: ArmSettings
    public var role: Role
    /// `nil` of controls.
    public var kind: Kind?
    /// Those that ended well, in the order in which they were made.
    public var runs: [MeasuredRun] = []
    /// Why runs did not end well: reason → how many.
    public var failures: [String: Int] = [:]
    /// Summed; samplers only.
    public var ledger: Ledger?
    public var shares: [MeasuredShare] = []

    public init(id: String, arm: String, settings: ArmSettings = ArmSettings(), role: Role, kind: Kind? = nil) {
        (self.id, self.arm, self.settings, self.role, self.kind) = (id, arm, settings, role, kind)
    }
}

/// One run that ended well.
public struct MeasuredRun: Sendable {
    /// The number of its round, which it shares with the other cells' runs of that round.
    public var round: Int
    /// Wall and CPU time of the process, in seconds.
    public var wall: Double
    public var cpu: Double
    /// What a tracer counted; 0 of others.
    public var pythonCalls: Double
    public var cCalls: Double

    public init(round: Int, wall: Double, cpu: Double, pythonCalls: Double = 0, cCalls: Double = 0) {
        (self.round, self.wall, self.cpu, self.pythonCalls, self.cCalls) = (round, wall, cpu, pythonCalls, cCalls)
    }
}

/// The share of one place in one run.
public struct MeasuredShare: Sendable, Equatable {
    public enum Basis: String, Sendable, Codable {
        /// Self time, by function or by line.
        case function, line
        /// Time of a function with all that it calls, within the function that the program's truth is within.
        case within
        /// The same, as the program itself told of this very run.
        case truth
    }

    public var basis: Basis
    public var name: String
    public var file: String?
    public var line: Int
    public var share: Double
    /// The number of the run's round.
    public var round: Int

    public init(basis: Basis, name: String, file: String? = nil, line: Int = 0, share: Double, round: Int = 0) {
        (self.basis, self.name, self.file, self.line, self.share, self.round) = (basis, name, file, line, share, round)
    }
}
