import Capture

/// What a profiling session in this process is to do.
public struct SessionSettings: Sendable {
    public enum Design: String, Sendable { case setprofile, signal, gil, nothing }
    public enum Clock: String, Sendable { case wall, cpu }

    public var design = Design.signal
    public var clock = Clock.wall
    public var schedule = TickSchedule.Kind.jittered
    /// Ticks a second.
    public var rate = 1000.0
    public var seed: UInt64 = 0
    /// Where the capture log goes.
    public var log = ""
    /// Where the reason goes if the program cannot be profiled as asked.
    public var refusal = ""

    /// Reads settings that were given as text; the error is one line for the user.
    public init(_ values: [String: String]) throws(SessionError) {
        for (key, value) in values {
            guard set(key, to: value) else { throw SessionError("\(key)=\(value) is no setting of swprof") }
        }
        guard !log.isEmpty else { throw SessionError("no capture log was named") }
    }

    private mutating func set(_ key: String, to value: String) -> Bool {
        switch key {
        case "design": assign(Design(rawValue: value), to: \.design)
        case "clock": assign(Clock(rawValue: value), to: \.clock)
        case "schedule": assign(TickSchedule.Kind(rawValue: value), to: \.schedule)
        case "rate": assign(Double(value).flatMap { $0 > 0 && $0 <= 1e6 ? $0 : nil }, to: \.rate)
        case "seed": assign(UInt64(value), to: \.seed)
        case "log": assign(value, to: \.log)
        case "refusal": assign(value, to: \.refusal)
        default: false
        }
    }

    private mutating func assign<Value>(_ value: Value?, to field: WritableKeyPath<Self, Value>) -> Bool {
        guard let value else { return false }
        self[keyPath: field] = value
        return true
    }
}

/// Why a session cannot be: one clear line.
public struct SessionError: Error, Sendable {
    public let line: String
    public init(_ line: String) { self.line = line }
}
