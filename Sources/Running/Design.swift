import ProfileModel

/// The designs that this build has, by the names that users type.
public enum Design: String, Sendable, CaseIterable {
    case setprofile, evalframe, monitoring, lines, signal, gil

    public var kind: Kind {
        switch self {
        case .setprofile, .evalframe, .monitoring, .lines: .tracing
        case .signal, .gil: .sampling
        }
    }
}

/// What to profile with, and how.
public struct ProfilingSettings: Sendable {
    public var design = Design.signal
    /// Ticks a second; samplers only.
    public var rate = 1000.0
    public var schedule = Schedule.jittered
    public var clock = Clock.wall
    /// The functions that `lines` traces, by bare or qualified name; all where there are none.
    public var functions: [String] = []
    /// Where the schedule's random numbers start.
    public var seed: UInt64

    public init(seed: UInt64 = .random(in: 0 ... .max)) { self.seed = seed }

    /// As the extension reads them.
    var pairs: [String: String] {
        [
            "design": design.rawValue, "rate": String(rate), "schedule": schedule.rawValue, "clock": clock.rawValue,
            "seed": String(seed), "functions": functions.joined(separator: ","),
        ]
    }
}
