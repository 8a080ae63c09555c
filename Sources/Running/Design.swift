import ProfileFormats
import ProfileModel

/// The designs that this build has, by the names that users type.
public typealias Design = CapturedDesign

/// A design that its user has written in Python.
public typealias WrittenDesign = CapturedWrittenDesign

/// The versions of CPython that programs can be profiled with.
public typealias SupportedPython = CapturedPython

extension Design {
    public var kind: Kind { facts.kind == .sampling ? .sampling : .tracing }

    /// For sentences: `setprofile, …, signal or gil`.
    public static var list: String {
        let names = allCases.map(\.rawValue)
        return names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1]
    }

    public var oldestPython: SupportedPython { facts.oldestPython }

    /// Whether it traces lines, and so can be told to trace some functions only.
    public var tellsLines: Bool { facts.tellsLines }
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
    /// Whether a tracer takes every event down with its time.
    public var events = false
    /// Whether the program's children are profiled, too.
    public var children = false
    /// Where the schedule's random numbers start.
    public var seed: UInt64

    public init(seed: UInt64 = .random(in: 0 ... .max)) { self.seed = seed }

    /// As the extension reads them.
    var pairs: [String: String] {
        var pairs = [
            "design": design.rawValue, "rate": String(rate), "schedule": schedule.rawValue, "clock": clock.rawValue,
            "seed": String(seed), "events": events ? "1" : "0", "functions": functions.joined(separator: ","),
        ]
        if children { pairs["children"] = "follow" }
        if let written = design.written { pairs.merge(written.pairs) { $1 } }
        return pairs
    }
}
