import Analysis
import ProfileModel
import Testing

/// A profile with known answers, written frame by frame.
struct PlantedRun {
    var profile: Profile
    private var symbols = SymbolInterning()

    init(
        _ kind: Kind = .sampling, schedule: Schedule? = .jittered, clock: Clock = .wall,
        threads: [Int64] = [1_000_000_000]
    ) {
        profile = Profile(design: kind == .tracing ? "setprofile" : "signal", kind: kind, clock: clock)
        profile.schedule = kind == .tracing ? nil : schedule
        profile.rate = kind == .tracing ? nil : 1000
        profile.threads = threads.enumerated().map {
            ThreadLife(id: Int64($0.offset + 1), name: "thread \($0.offset)", nanoseconds: $0.element)
        }
    }

    /// A stack, root first: `main:3` is line 3 of `main`, `len()` a C function.
    mutating func stack(_ frames: String...) -> StackID {
        stack(frames)
    }

    mutating func stack(_ frames: [String]) -> StackID {
        let locations = frames.map { frame in
            let parts = frame.split(separator: ":").map(String.init)
            let isC = frame.hasSuffix("()")
            let name = isC ? String(frame.dropLast(2)) : parts[0]
            return symbols.intern(
                Function(name: name, qualname: "module." + name, file: isC ? nil : "program.py", line: isC ? 0 : 1),
                line: isC || parts.count < 2 ? 0 : Int(parts[1]) ?? 0)
        }
        profile.functions = symbols.functions
        profile.locations = symbols.locations
        return profile.stacks.intern(rootFirst: locations)
    }

    /// A tick a millisecond that sees one stack of each thread.
    mutating func tick(_ number: Int, _ stacks: StackID..., instant: Int64? = nil, isProbe: Bool = false) {
        for (thread, stack) in stacks.enumerated() {
            profile.samples.append(
                Sample(
                    stack: stack, thread: thread, tick: number, instant: instant ?? Int64(number) * 1_000_000,
                    count: 1, nanoseconds: 1_000_000 / Int64(stacks.count), isProbe: isProbe))
        }
    }

    /// Ticks 0, 1, 2, … of one thread.
    mutating func ticks(_ stacks: [StackID]) {
        for (number, stack) in stacks.enumerated() { tick(number, stack) }
    }

    /// A node of a tracer's call tree.
    mutating func node(_ stack: StackID, calls: Int64, nanoseconds: Int64, thread: Int = 0) {
        profile.samples.append(Sample(stack: stack, thread: thread, count: calls, nanoseconds: nanoseconds))
    }

    mutating func ledger(due: Int, missed: Int = 0, failed: Int = 0) {
        var ledger = Ledger()
        ledger.due = due
        ledger.missed = missed
        ledger.failed = failed
        ledger.taken = due - missed - failed
        profile.ledger = ledger
    }

    func findings(within: String? = nil, time: TimeScope? = nil) throws -> RunFindings {
        try RunAnalysis.findings(of: profile, within: within, time: time)
    }
}

extension RunFindings {
    func function(_ name: String) throws -> FunctionFinding {
        try #require(functions.first { $0.name == name })
    }

    func line(_ line: Int) throws -> LineFinding {
        try #require(lines.first { $0.line == line })
    }

    var caveatCodes: [String] { caveats.map(\.code) }
}

/// Whether two shares are equal but for rounding.
func isClose(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) < 1e-12
}
