import ProfileModel

/// A function that is slowed in turn, and the elements that its spin compares at each level.
public struct SlowedTarget: Sendable {
    public var function: Function
    public var work: [Int]

    public init(_ function: Function, work: [Int]) {
        self.function = function
        self.work = work
    }
}

/// The program with one function slowed: plain, and once under each design.
public struct SlowedOutcome: Sendable {
    public var seconds = ProgramSeconds(wall: 0, cpu: 0)
    /// By the design's name.
    public var profiles: [String: Profile] = [:]
}

/// What one round gave: the program as it is, and with each function slowed at each level.
public struct SlowedRoundOutcome: Sendable {
    public var plain = RoundOutcome()
    /// Of the unprofiled runs of the program as it is.
    public var seconds: [ProgramSeconds] = []
    /// By target, then by level.
    public var slowed: [[SlowedOutcome]]
}

/// Passes through all designs and the control, with the program as it is and with one function slowed at a
/// time, in a new random order each time. All runs compile the same functions anew.
public struct SlowedRounds: Sendable {
    private let program: SlowedProgram
    private let designs: [Design]
    private let settings: ProfilingSettings
    private let targets: [SlowedTarget]
    private var random: SeededGenerator

    struct Arm: Equatable, Sendable {
        var run: Rounds.Arm
        /// `nil` for the program as it is.
        var slowing: Place?

        struct Place: Hashable, Sendable {
            var target: Int
            var level: Int
        }
    }

    public init(_ runner: ProgramRunner, designs: [Design], settings: ProfilingSettings, targets: [SlowedTarget]) throws(RunningError) {
        program = try SlowedProgram(runner)
        self.designs = designs
        self.settings = settings
        self.targets = targets
        random = SeededGenerator(seed: settings.seed)
    }

    /// Runs one round; throws where the program cannot be timed from within.
    ///
    /// - Parameter progress: told of each run before it starts.
    public mutating func next(progress: (String) -> Void) async throws(RunningError) -> SlowedRoundOutcome {
        var outcome = SlowedRoundOutcome(slowed: targets.map { $0.work.map { _ in SlowedOutcome() } })
        for (number, arm) in order().enumerated() {
            progress("\(describe(arm)) (run \(number + 1) of \(runs))")
            try await run(arm, into: &outcome)
        }
        return outcome
    }

    /// How many runs a round takes.
    public var runs: Int { 2 + designs.count + targets.reduce(0) { $0 + $1.work.count } * (1 + designs.count) }

    mutating func order() -> [Arm] {
        let places = targets.indices.flatMap { target in targets[target].work.indices.map { Arm.Place(target: target, level: $0) } }
        let profiled = designs.map(Rounds.Arm.design)
        let plain = ([.control, .selfTestControl] + profiled).map { Arm(run: $0) }
        let slowed = places.flatMap { place in ([.control] + profiled).map { Arm(run: $0, slowing: place) } }
        return (plain + slowed).shuffled(using: &random)
    }

    private func describe(_ arm: Arm) -> String {
        guard let place = arm.slowing else { return arm.run.name }
        return "\(arm.run.name), \(targets[place.target].function.name) slowed at level \(place.level + 1)"
    }

    private mutating func run(_ arm: Arm, into outcome: inout SlowedRoundOutcome) async throws(RunningError) {
        let environment = VariedEnvironment.next(using: &random)
        switch arm.run {
        case .design(let design):
            let profiled = try await program.profile(settings.with(design, seed: random.next()), request(arm), environment: environment)
            outcome.add(profiled, of: design, at: arm.slowing)
        case .control, .selfTestControl:
            let (process, answer) = try await program.control(request(arm), environment: environment)
            outcome.add(process, answer.seconds, isSelfTest: arm.run == .selfTestControl, at: arm.slowing)
        case .peer:
            // Not among these arms: a peer would take the place of what does the slowing.
            break
        }
    }

    private func request(_ arm: Arm) -> SlowingRequest {
        let functions = targets.map(\.function)
        guard let place = arm.slowing else { return SlowingRequest(functions) }
        return SlowingRequest(functions, slowing: place.target, by: targets[place.target].work[place.level])
    }
}

extension SlowedRoundOutcome {
    fileprivate mutating func add(_ run: ProfiledOutcome, of design: Design, at place: SlowedRounds.Arm.Place?) {
        plain.note(run.process)
        if let place {
            slowed[place.target][place.level].profiles[design.rawValue] = run.profile
        } else {
            plain.runs[design.rawValue] = run
        }
    }

    fileprivate mutating func add(
        _ process: ProcessOutcome, _ seconds: ProgramSeconds, isSelfTest: Bool, at place: SlowedRounds.Arm.Place?
    ) {
        plain.note(process)
        if let place {
            slowed[place.target][place.level].seconds = seconds
            return
        }
        self.seconds.append(seconds)
        if isSelfTest { plain.selfTestControl = process.seconds } else { plain.control = process.seconds }
    }
}
