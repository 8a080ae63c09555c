import ProfileModel

/// Profiles with random stacks, names, threads and times, from a seed: what formats have to keep.
struct RandomProfile {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    private static let names = [
        "main", "work", "<module>", "<lambda>", "Class.method", "f.<locals>.<genexpr>", "operator()", "名前",
        "with blank", "a;b", "100%", "a%3Bb", "tab\there",
    ]
    private static let files = [
        "/a/program.py", "/a b/pro gram.py", "<string>", "<frozen importlib._bootstrap>", "/x/ファイル.py", "relative.py",
        "C:\\d\\e.py", "/p (1)/q.py",
    ]
    private static let cNames = ["len", "list.append", "time.sleep", "_io.TextIOWrapper.write"]

    private static let called: [String?] = [nil, nil, "set.update", "<garbage collection>"]
    private static let tasks: [RunningTask?] = [nil, nil, .unknown, .named(""), .named("a;b\t%"), .named("名前")]

    private mutating func next(_ bound: Int) -> Int {
        // Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8(14), 2003.
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }

    mutating func make() -> Profile {
        let kind: Kind = next(2) == 0 ? .tracing : .sampling
        var profile = Profile(
            design: kind == .tracing ? "setprofile" : "signal", kind: kind, clock: next(3) == 0 ? .cpu : .wall)
        profile.seconds = Double(next(1_000_000)) / 1e3
        profile.program = ["/a/program.py", "argument"]
        var symbols = SymbolInterning()
        let locations = (0..<(2 + next(12))).map { _ in location(&symbols, kind) }
        for number in 0...next(3) {
            profile.threads.append(
                ThreadLife(
                    id: Int64(100 + number), name: number == 0 ? "MainThread" : "worker:\(number)", nanoseconds: 0))
        }
        for _ in 0..<(1 + next(40)) { add(locations, to: &profile) }
        (profile.functions, profile.locations) = (symbols.functions, symbols.locations)
        return profile
    }

    private mutating func location(_ symbols: inout SymbolInterning, _ kind: Kind) -> LocationID {
        guard next(4) > 0 else { return symbols.intern(Function(ofC: Self.cNames[next(Self.cNames.count)]), line: 0) }
        let function = Function(
            qualified: Self.names[next(Self.names.count)], file: Self.files[next(Self.files.count)],
            line: 1 + next(3) * 100)
        return symbols.intern(function, line: kind == .sampling ? function.line + next(3) : 0)
    }

    private mutating func add(_ locations: [LocationID], to profile: inout Profile) {
        // Deep enough that some functions call themselves; now and then there is no frame.
        let depth = next(12) == 0 ? 0 : 1 + next(6)
        let stack = profile.stacks.intern(rootFirst: (0..<depth).map { _ in locations[next(locations.count)] })
        let thread = next(profile.threads.count)
        // From a nanosecond to minutes: a rounding shows.
        let time = Int64(1 + next([7, 1_000, 1_000_000, 100_000_000_000][next(4)]))
        profile.threads[thread].nanoseconds += time
        profile.samples.append(
            Sample(
                stack: stack, thread: thread, count: Int64(1 + next(5)), nanoseconds: time,
                note: SampleNote(
                    called: Self.called[next(Self.called.count)], task: Self.tasks[next(Self.tasks.count)])))
    }
}
