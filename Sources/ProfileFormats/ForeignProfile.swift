import ProfileModel

/// A profile that grows by what another tool's file says, within bounds that no sound file reaches.
struct ForeignProfile {
    private(set) var profile: Profile
    private var symbols = SymbolInterning()
    private var times = RunningTotal()
    private var counts = RunningTotal()
    private var threads: [ThreadKey: Int] = [:]
    private var inclusive: [FunctionID: Int64] = [:]
    /// The sample of a stack and thread to which equal ones are added.
    private var sums: [SampleKey: Int] = [:]
    /// By thread: the number of its process, or 0.
    private var processes: [Int64] = []
    private let formatName: String

    /// - Parameters:
    ///   - design: the tool's name, or the format's where the file does not say whose it is.
    ///   - formatName: for people.
    init(_ design: String, _ kind: Kind, clock: Clock = .wall, formatName: String) {
        profile = Profile(design: design, kind: kind, clock: clock)
        profile.instantsAreOwn = true
        self.formatName = formatName
    }

    /// - Parameter line: the one being executed; 0 where it is not known.
    mutating func place(_ function: Function, line: Int = 0) -> LocationID { symbols.intern(function, line: line) }

    mutating func push(_ location: LocationID, onto parent: StackID) throws(FormatError) -> StackID {
        let stack = profile.stacks.push(location, onto: parent)
        guard profile.stacks.count <= PprofStacks.mostNodes else {
            throw .tooLarge("more than \(PprofStacks.mostNodes) different stacks")
        }
        return stack
    }

    mutating func stack(rootFirst frames: some Sequence<LocationID>) throws(FormatError) -> StackID {
        var stack = StackID.empty
        for frame in frames { stack = try push(frame, onto: stack) }
        return stack
    }

    private struct ThreadKey: Hashable {
        var process: Int64
        var id: Int64
        var name: String
    }

    /// The index of the thread with this number, and of one without by its name; it is new where it was not met before.
    ///
    /// - Parameter process: its number; 0 where there is one process, or the file does not tell.
    mutating func thread(_ id: Int64, of process: Int64 = 0, name: String = "") -> Int {
        let key = ThreadKey(process: process, id: id, name: id == 0 ? name : "")
        if let known = threads[key] { return known }
        let new = profile.threads.count
        threads[key] = new
        processes.append(process)
        profile.threads.append(ThreadLife(id: id, name: name, nanoseconds: 0))
        return new
    }

    /// A thread that is new, whatever its number and name.
    mutating func addThread(_ id: Int64, name: String) -> Int {
        processes.append(0)
        profile.threads.append(ThreadLife(id: id, name: name, nanoseconds: 0))
        return profile.threads.count - 1
    }

    private struct SampleKey: Hashable {
        var stack: StackID
        var thread: UInt32
    }

    /// A file of more samples is no recording of what came when: equal ones are added up then.
    private static let mostSingle = 1 << 16

    /// - Parameter thread: an index, by `thread(_:name:)`.
    mutating func add(_ stack: StackID, thread: Int, count: Int64, nanoseconds: Int64) throws(FormatError) {
        try counts.add(count)
        try times.add(nanoseconds)
        profile.threads[thread].nanoseconds += nanoseconds
        let key = SampleKey(stack: stack, thread: UInt32(thread))
        if profile.samples.count >= Self.mostSingle, let known = sums[key] {
            profile.samples[known].count += count
            profile.samples[known].nanoseconds += nanoseconds
            return
        }
        sums[key] = profile.samples.count
        guard profile.samples.count < PprofOutline.mostSamples else {
            throw .tooLarge("more than \(PprofOutline.mostSamples) samples")
        }
        profile.samples.append(Sample(stack: stack, thread: thread, count: count, nanoseconds: nanoseconds))
    }

    /// The time of a function with its callees, where stacks do not tell.
    mutating func add(inclusive nanoseconds: Int64, of function: Function) {
        inclusive[symbols.intern(function), default: 0].addClamped(nanoseconds)
    }

    mutating func set(rate: Double?) {
        if let rate, rate.isFinite, rate > 0, rate < 1e9 { profile.rate = rate }
    }

    /// Its numbers may be samples, or any time: nobody can tell seconds from them.
    ///
    /// - Parameter measures: what the numbers are, for people.
    mutating func forgetSeconds(_ measures: String) {
        guard profile.secondsAreKnown else { return }
        profile.secondsAreKnown = false
        note("seconds-unknown", "its \(measures): shares are of these, and seconds are none")
    }

    mutating func note(_ code: String, _ text: String) { profile.caveats.append(Caveat(code: code, text: text)) }

    /// Threads of several processes are told apart by their processes, too.
    private func title(of thread: Int) -> String {
        let (name, process) = (profile.threads[thread].name, processes[thread])
        return process == 0 ? name : name.isEmpty ? "process \(process)" : "\(name) (process \(process))"
    }

    mutating func name(thread: Int, _ name: String) { profile.threads[thread].name = name }

    enum Stacks {
        case whole
        /// Cut at the caller, or just the top: time with callees is what was added as such.
        case cut
        /// Just the top, and the samples' times are with callees, so that no self time is known.
        case withinTimes
    }

    /// - Parameters:
    ///   - nanoseconds: how long the run took, where the file says; else the sum of its times.
    ///   - stacks: what the file tells of them.
    func finished(nanoseconds: Int64? = nil, stacks: Stacks = .whole) -> Profile {
        var whole = profile
        whole.functions = symbols.functions
        whole.locations = symbols.locations
        if Set(processes).count > 1 {
            for index in whole.threads.indices { whole.threads[index].name = title(of: index) }
        }
        whole.seconds = Double(nanoseconds ?? times.sum) / 1e9
        whole.caveats.insert(.foreign(formatName, isSampling: profile.kind == .sampling), at: 0)
        if stacks != .whole {
            let times = inclusive.isEmpty ? nil : whole.functions.indices.map { inclusive[FunctionID($0)] ?? 0 }
            whole.inclusive = InclusiveTimes(functions: times, includeAll: stacks == .withinTimes)
        }
        return whole
    }
}

extension ForeignProfile {
    /// A file's number of seconds, or of a unit of so many seconds, as nanoseconds.
    static func nanoseconds(_ value: Double, unit: Double = 1) throws(FormatError) -> Int64 {
        let nanoseconds = (value * unit * 1e9).rounded()
        guard nanoseconds >= 0, nanoseconds <= Double(PprofHeader.largest) else {
            throw .damaged("a time of \(value) is longer than any run, negative or no number")
        }
        return Int64(nanoseconds)
    }

    /// A file's line number; what cannot be one is 0.
    static func line(_ number: Int64?) -> Int { number.flatMap { Int32(exactly: max(0, $0)) }.map(Int.init) ?? 0 }
}

extension Caveat {
    /// Said of every profile that swprof did not take itself.
    static func foreign(_ tool: String, isSampling: Bool = true) -> Caveat {
        let reservation =
            isSampling
            ? " and does not say how it chose its instants: no interval is valid"
            : ": its figures are as that tool tells them"
        return Caveat(code: "foreign-profile", text: "the file is another tool's (\(tool))\(reservation)")
    }
}
