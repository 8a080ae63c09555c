import ProfileModel

/// What one round gave: the program once under each design, and twice without.
public struct RoundOutcome: Sendable {
    /// Wall seconds of the unprofiled run, and of the second one that it is held against.
    public var control = 0.0
    public var selfTestControl = 0.0
    /// By the design's name, or the peer's.
    public var runs: [String: ProfiledOutcome] = [:]
    /// Why a peer gave no profile, by its name.
    public var peerFailures: [String: String] = [:]
    /// Hashes of what the program wrote, over all runs of the round.
    public var outputHashes: Set<UInt64> = []
    /// The exit statuses, likewise.
    public var statuses: Set<Int> = []
}

/// Passes through all designs and the control, in a new random order each time.
public struct Rounds: Sendable {
    private let runner: ProgramRunner
    private let designs: [Design]
    private let peers: PeerRunner?
    private let settings: ProfilingSettings
    private var random: SeededGenerator

    enum Arm: Equatable, Sendable {
        case control, selfTestControl
        case design(Design)
        case peer(PeerName)
    }

    public init(_ runner: ProgramRunner, designs: [Design], peers: PeerRunner? = nil, settings: ProfilingSettings) {
        self.runner = runner
        self.peers = peers
        self.designs = designs
        self.settings = settings
        random = SeededGenerator(seed: settings.seed)
    }

    /// Runs one round. What varies between runs of a program anyway is varied on purpose: the seed of
    /// Python's hashes and the size of the environment (the kernel varies the address space).
    ///
    /// - Parameter progress: told of each run before it starts.
    public mutating func next(progress: (String) -> Void) async throws(RunningError) -> RoundOutcome {
        var outcome = RoundOutcome()
        for arm in order() {
            progress(arm.name)
            try await run(arm, into: &outcome)
        }
        return outcome
    }

    mutating func order() -> [Arm] {
        ([.control, .selfTestControl] + designs.map(Arm.design) + (peers?.names ?? []).map(Arm.peer)).shuffled(using: &random)
    }

    private mutating func run(_ arm: Arm, into outcome: inout RoundOutcome) async throws(RunningError) {
        let environment = VariedEnvironment.next(using: &random)
        let process: ProcessOutcome
        switch arm {
        case .control:
            process = try await runner.control(environment: environment)
            outcome.control = process.seconds
        case .selfTestControl:
            process = try await runner.control(environment: environment)
            outcome.selfTestControl = process.seconds
        case .design(let design):
            let profiled = try await runner.profile(settings.with(design, seed: random.next()), output: .hashed, environment: environment)
            outcome.runs[design.rawValue] = profiled
            process = profiled.process
        case .peer(let name):
            // What it wrote, and how it ended, is the peer's and not the program's alone.
            return try await run(name, environment, into: &outcome)
        }
        outcome.note(process)
    }
}

extension Rounds {
    private func run(_ name: PeerName, _ environment: [String: String], into outcome: inout RoundOutcome) async throws(RunningError) {
        switch try await peers?.run(name, settings, environment: environment) {
        case .ran(let run): outcome.runs[name.rawValue] = run
        case .failed(let reason): outcome.peerFailures[name.rawValue] = reason
        case nil: break
        }
    }
}

extension RoundOutcome {
    /// What the program wrote, and how it ended.
    mutating func note(_ process: ProcessOutcome) {
        statuses.insert(process.status)
        if let hash = process.outputHash { outputHashes.insert(hash) }
    }
}

extension Rounds.Arm {
    var name: String {
        switch self {
        case .control: "control"
        case .selfTestControl: "second control"
        case .design(let design): design.rawValue
        case .peer(let peer): peer.rawValue
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014), so that an experiment's order can be had again.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
