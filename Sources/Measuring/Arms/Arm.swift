import Analysis
import ProfileModel
import Running

/// One way to run a program, as data: all in which the runs of one round differ, but for chance.
public struct Arm: Sendable, Hashable {
    public var role: MeasuredCell.Role
    /// What profiles: a design of ours, another profiler, or something else by its name, such as a hook that does nothing.
    public var design: Design?
    public var peer: PeerName?
    public var other: String?
    /// Ticks a second; samplers only.
    public var rate: Double?
    public var schedule: Schedule?
    public var clock: Clock?
    /// The functions that `lines` traces; all where there are none.
    public var functions: [String] = []
    /// Which program is run, where the arms of a round run several.
    public var program: String?
    /// Which function of the program is slowed; `nil` for the program as it is.
    public var slowing: SlowedPlace?
    public var surroundings = Surroundings()

    public init(_ role: MeasuredCell.Role, program: String? = nil) { (self.role, self.program) = (role, program) }

    public static let control = Arm(.control)
    /// The control once more, to hold it against itself.
    public static let selfTestControl = Arm(.selfTestControl)

    /// A design with the settings that matter to its kind.
    public static func design(_ settings: ProfilingSettings, program: String? = nil) -> Arm {
        var arm = Arm(.profiled, program: program)
        (arm.design, arm.clock) = (settings.design, settings.clock)
        if settings.design.kind == .sampling { (arm.rate, arm.schedule) = (settings.rate, settings.schedule) }
        if settings.design.tellsLines { arm.functions = settings.functions }
        return arm
    }

    /// Another profiler, at a rate where it samples.
    public static func peer(_ name: PeerName, rate: Double? = nil) -> Arm {
        var arm = Arm(.profiled)
        (arm.peer, arm.rate) = (name, name.kind == .sampling ? rate : nil)
        return arm
    }

    /// A profiler by its name: one of the designs, or what stands beside them.
    public static func tool(_ name: String, program: String? = nil) -> Arm {
        var arm = Arm(.profiled, program: program)
        arm.design = Design(rawValue: name)
        if arm.design == nil { arm.other = name }
        return arm
    }
}

extension Arm {
    /// What profiles, by the name that users type; the role of an unprofiled run.
    public var tool: String { design?.rawValue ?? peer?.rawValue ?? other ?? role.rawValue }

    /// `nil` of unprofiled runs, and of what is neither a design nor a peer.
    public var kind: Kind? { design?.kind ?? peer?.kind }

    /// Whether each of its runs accounts for its ticks.
    public var hasLedger: Bool { design?.kind == .sampling }

    /// For people: what profiles, and of its settings those that are not the defaults.
    public var name: String {
        let words: [String?] = [
            tool, rate.flatMap { $0 == Self.usualRate ? nil : "\(Self.text($0)) Hz" },
            schedule.flatMap { $0 == .jittered ? nil : $0.rawValue }, clock.flatMap { $0 == .wall ? nil : $0.rawValue },
            functions.isEmpty ? nil : "of " + functions.joined(separator: ","), program,
        ]
        return words.compactMap { $0 }.joined(separator: " ")
    }

    /// As reports have it.
    public var columns: ArmSettings {
        ArmSettings(
            design: design?.rawValue ?? other, peer: peer?.rawValue, rate: rate, schedule: schedule, clock: clock,
            functions: functions)
    }

    /// How the program is profiled under this arm.
    public func settings(seed: UInt64) -> ProfilingSettings {
        var settings = ProfilingSettings(seed: seed)
        settings.design = design ?? settings.design
        settings.rate = rate ?? settings.rate
        settings.schedule = schedule ?? settings.schedule
        settings.clock = clock ?? settings.clock
        settings.functions = functions
        return settings
    }

    /// The rate that is taken unless another is asked for.
    private static let usualRate = ProfilingSettings(seed: 0).rate

    /// A rate without the point that it does not need.
    public static func text(_ rate: Double) -> String { Int(exactly: rate).map(String.init) ?? "\(rate)" }
}

/// A function that is slowed, and by which of its levels: places in lists of them.
public struct SlowedPlace: Sendable, Hashable {
    public var target: Int
    public var level: Int

    public init(target: Int, level: Int) { (self.target, self.level) = (target, level) }
}
