import ProfileModel

/// Shares of the thread-time by function and by line, at common resolution.
struct PlaceShares: Equatable {
    private(set) var functions: [FunctionKey: Double] = [:]
    private(set) var lines: [SourceLine: Double] = [:]

    init() {}

    init(functions: [FunctionKey: Double], lines: [SourceLine: Double] = [:]) {
        self.functions = functions
        self.lines = lines
    }

    mutating func add(_ other: PlaceShares, times factor: Double) {
        functions.merge(other.functions.mapValues { $0 * factor }, uniquingKeysWith: +)
        lines.merge(other.lines.mapValues { $0 * factor }, uniquingKeysWith: +)
    }

    /// By place of the dispute's kind, the smaller of both shares.
    func common(with other: PlaceShares, as place: DisputedPlace) -> [DisputedPlace: Double] {
        switch place {
        case .function: Self.common(functions, other.functions, DisputedPlace.function)
        case .line: Self.common(lines, other.lines, DisputedPlace.line)
        }
    }

    private static func common<Key>(
        _ a: [Key: Double], _ b: [Key: Double], _ place: (Key) -> DisputedPlace
    ) -> [DisputedPlace: Double] {
        Dictionary(uniqueKeysWithValues: a.compactMap { key, share in b[key].map { (place(key), min(share, $0)) } })
    }

    private mutating func add(_ share: Double, at location: LocationID?, of profile: Profile) {
        guard let location, let key = FunctionKey(profile.function(at: location)) else { return }
        functions[key, default: 0] += share
        let line = profile.locations[location.index].line
        if line > 0 { lines[SourceLine(file: key.file, line: line), default: 0] += share }
    }
}

extension PlaceShares {
    /// After so many nanoseconds the interpreter asks a thread to hand over its lock (`sys.getswitchinterval`).
    private static let switchInterval = 5e6
    /// Pure Python code hands it over soon after that; who waits twice as long waits for something else.
    private static let long = 2 * switchInterval

    /// Where ticks one after the other, over at least 10 ms, met the same stack in the midst of the same call.
    ///
    /// Only of programs with one thread: a call of one of several may wait without the lock. A loop of short calls looks
    /// alike where it does hardly anything else, so this alone shows no long call.
    static func longCalls(_ profile: Profile) -> PlaceShares {
        guard profile.instantsAreOwn, let looks = Looks(profile) else { return PlaceShares() }
        var (shares, first) = (PlaceShares(), 0)
        for at in looks.samples.indices {
            let isLast = at + 1 == looks.samples.count
            if !isLast, looks.isSameCall(at, at + 1) { continue }
            let length = looks.instant(at) - looks.instant(first)
            if length >= long { shares.add(length / looks.whole, at: looks.place(at), of: profile) }
            first = at + 1
        }
        return shares
    }

    /// Where looks came at last that had to wait for longer than pure Python code makes them wait.
    ///
    /// Counted is what the gap between two looks has beyond the interval asked for and the switch interval. The place is
    /// that of the later look: the lock is handed over just behind a call, before the next instruction begins.
    static func waits(_ profile: Profile) -> PlaceShares {
        guard !profile.instantsAreOwn, let rate = profile.rate, rate > 0, let looks = Looks(profile) else {
            return PlaceShares()
        }
        var shares = PlaceShares()
        for at in looks.samples.indices {
            // The first look is waited for since the run began.
            let wait = looks.instant(at) - (at > 0 ? looks.instant(at - 1) : 0) - 1e9 / rate
            guard wait >= long else { continue }
            shares.add((wait - switchInterval) / looks.whole, at: looks.place(at), of: profile)
        }
        return shares
    }

    /// The looks of a sampler at a program's only thread, in order.
    private struct Looks {
        let samples: [Sample]
        /// The thread's life, in nanoseconds.
        let whole: Double
        private let nearest: [LocationID?]

        init?(_ profile: Profile) {
            guard profile.kind == .sampling, profile.threads.count == 1, profile.threadTime > 0,
                profile.samples.allSatisfy({ $0.tick != nil && $0.instant != nil })
            else { return nil }
            samples = profile.samples.sorted { ($0.tick ?? 0) < ($1.tick ?? 0) }
            whole = Double(profile.threadTime)
            nearest = profile.nearestPythonLocations
        }

        func instant(_ at: Int) -> Double { Double(samples[at].instant ?? 0) }

        func place(_ at: Int) -> LocationID? { nearest[samples[at].stack.index] }

        func isSameCall(_ a: Int, _ b: Int) -> Bool {
            samples[a].stack == samples[b].stack && samples[a].opcode == samples[b].opcode
                && samples[a].opcode?.isCall == true
        }
    }
}

extension String {
    /// Of the names that the supported versions of CPython give their instructions that call.
    fileprivate var isCall: Bool { hasPrefix("CALL") || self == "PRECALL" }
}
