import ProfileModel

/// A profile without its functions, locations, stacks and samples, to and from comments.
enum PprofHeader {
    /// Keys that a file of one run has at most once; files merged by other tools have several.
    private static let single = [
        "format", "design", "kind", "clock", "schedule", "rate", "instants", "counts", "times", "kinds", "python",
        "program",
        "own",
        "exit", "seconds", "ledger", "account", "calibration", "stacks", "inclusive", "tick",
    ]

    /// More than this is no count of anything and no time; it keeps sums from overflowing.
    static let largest: Int64 = 1_000_000_000_000_000_000

    static func comments(of profile: Profile) -> PprofComments {
        var comments = PprofComments()
        comments.add("format", PprofComments.version)
        comments.add("design", profile.design)
        comments.add("kind", profile.kind.rawValue)
        comments.add("clock", profile.clock.rawValue)
        comments.add("schedule", profile.schedule?.rawValue)
        comments.add("rate", profile.rate?.description)
        comments.add("instants", profile.instantsAreOwn ? "own" : "program")
        comments.add("counts", profile.countsAreKnown ? nil : "unknown")
        comments.add("times", profile.secondsAreKnown ? nil : "unknown")
        if profile.kindsTold != .none { comments.add("kinds", profile.kindsTold.rawValue) }
        comments.add("python", profile.python)
        if !profile.program.isEmpty { comments.add("program", profile.program) }
        if !profile.own.isEmpty { comments.add("own", profile.own) }
        comments.add("exit", profile.exit?.description)
        comments.add("seconds", profile.seconds.description)
        if let ledger = profile.ledger { addLedger(ledger, to: &comments) }
        if let account = profile.account { comments.add("account", PprofAccount.fields(of: account)) }
        for process in profile.processes { comments.add("process", PprofProcess.fields(of: process)) }
        for thread in profile.threads {
            let process = profile.processes.isEmpty ? [] : [String(thread.process)]
            comments.add("thread", [String(thread.id), String(thread.nanoseconds), thread.name] + process)
        }
        addTicks(profile.threads, to: &comments)
        for caveat in profile.caveats { comments.add("caveat", [caveat.code, caveat.text]) }
        for (name, value) in profile.audit.sorted(by: { $0.key < $1.key }) {
            comments.add("audit", [name, value])
        }
        for fields in PprofMarks.fields(of: profile.marks) { comments.add("marks", fields) }
        if let costs = profile.probeCosts { comments.add(costs) }
        if let inclusive = profile.inclusive { comments.add("inclusive", PprofInclusive.fields(of: inclusive)) }
        return comments
    }

    /// What the comments say, or `nil` where they are not those of one swprof run.
    static func profile(of comments: PprofComments) throws(FormatError) -> Profile? {
        guard let version: String = try comments.value("format"),
            single.allSatisfy({ comments.entries[$0, default: []].count <= 1 })
        else { return nil }
        guard version == PprofComments.version else {
            throw FormatError(
                "the file has version \(version) of swprof's comments, and this swprof reads \(PprofComments.version)",
                remedy: "read it with a newer swprof")
        }
        guard let kind: Kind = try comments.word("kind"), let clock: Clock = try comments.word("clock") else {
            throw PprofComments.wrong("kind or clock")
        }
        var profile = Profile(design: try comments.value("design") ?? "", kind: kind, clock: clock)
        try readRun(comments, into: &profile)
        try readLists(comments, into: &profile)
        return profile
    }

    private static func readRun(_ comments: PprofComments, into profile: inout Profile) throws(FormatError) {
        profile.schedule = try comments.word("schedule")
        profile.rate = try comments.value("rate")
        profile.seconds = try comments.value("seconds") ?? 0
        profile.instantsAreOwn = try comments.value("instants") != "program"
        profile.countsAreKnown = try comments.value("counts") != "unknown"
        profile.secondsAreKnown = try comments.value("times") != "unknown"
        profile.kindsTold = try comments.word("kinds") ?? .none
        profile.python = try comments.value("python") ?? ""
        profile.program = comments.first("program") ?? []
        profile.own = comments.first("own") ?? []
        profile.exit = try comments.value("exit")
        guard profile.seconds.isFinite, profile.seconds >= 0 else { throw PprofComments.wrong("seconds") }
        if let rate = profile.rate, !rate.isFinite || rate <= 0 { throw PprofComments.wrong("rate") }
    }

    private static func readLists(_ comments: PprofComments, into profile: inout Profile) throws(FormatError) {
        if let fields = comments.first("ledger") {
            profile.ledger = try ledger(of: fields)
            profile.ledger?.lateBy = try reasons(comments, "late")
            profile.ledger?.lostBy = try reasons(comments, "lost")
        }
        if let fields = comments.first("account") { profile.account = try PprofAccount.account(of: fields) }
        for fields in comments.entries["process"] ?? [] {
            profile.processes.append(try PprofProcess.process(of: fields))
        }
        var total = RunningTotal()
        for fields in try comments.all("thread", count: profile.processes.isEmpty ? 3 : 4) {
            let process = fields.count == 4 ? Int(fields[3]) : 0
            guard let id = Int64(fields[0]), let time = Int64(fields[1]), let process,
                process == 0 || profile.processes.indices.contains(process)
            else { throw PprofComments.wrong("thread") }
            try total.add(time)
            profile.threads.append(ThreadLife(id: id, name: fields[2], nanoseconds: time, process: process))
        }
        if let fields = comments.first("tick") { try readTicks(fields, into: &profile.threads) }
        for fields in try comments.all("caveat", count: 2) {
            profile.caveats.append(Caveat(code: fields[0], text: fields[1]))
        }
        for fields in try comments.all("audit", count: 2) { profile.audit[fields[0]] = fields[1] }
        profile.marks = try PprofMarks.marks(of: comments.entries["marks"] ?? [])
        profile.probeCosts = try comments.probeCosts()
        if let fields = comments.first("inclusive") { profile.inclusive = try PprofInclusive.times(of: fields) }
    }

    /// By thread; once where all are alike.
    private static func addTicks(_ threads: [ThreadLife], to comments: inout PprofComments) {
        guard let first = threads.first?.tick, threads.contains(where: { $0.tick > 0 }) else { return }
        let isOne = threads.allSatisfy { $0.tick == first }
        comments.add("tick", (isOne ? threads.prefix(1) : threads[...]).map { String($0.tick) })
    }

    private static func readTicks(_ fields: [String], into threads: inout [ThreadLife]) throws(FormatError) {
        let ticks = fields.compactMap { Int64($0) }.filter { 0...largest ~= $0 }
        guard ticks.count == fields.count, ticks.count == 1 || ticks.count == threads.count else {
            throw PprofComments.wrong("tick")
        }
        for at in threads.indices { threads[at].tick = ticks.count == 1 ? ticks[0] : ticks[at] }
    }

    private static func addLedger(_ ledger: Ledger, to comments: inout PprofComments) {
        comments.add("ledger", fields(of: ledger))
        for (key, counts) in [("late", ledger.lateBy), ("lost", ledger.lostBy)] {
            for (reason, count) in (counts ?? [:]).sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                comments.add(key, [reason.rawValue, String(count)])
            }
        }
    }

    /// `nil` where the file says none: it may be older than they are.
    private static func reasons(_ comments: PprofComments, _ key: String) throws(FormatError) -> [TickReason: Int]? {
        var counts: [TickReason: Int] = [:]
        for fields in try comments.all(key, count: 2) {
            guard let reason = TickReason(rawValue: fields[0]), let count = Int(fields[1]), 0...Int(largest) ~= count
            else {
                throw PprofComments.wrong(key)
            }
            counts[reason] = count
        }
        return counts.isEmpty ? nil : counts
    }

    static func fields(of ledger: Ledger) -> [String] {
        let counts = [
            ledger.due, ledger.taken, ledger.late, ledger.missed, ledger.failed, ledger.threadSamples,
            ledger.threadSamplesLost,
        ]
        let gaps = [ledger.gaps.mean, ledger.gaps.median, ledger.gaps.p95, ledger.gaps.longest]
        return counts.map(\.description) + gaps.map(\.description)
    }

    static func ledger(of fields: [String]) throws(FormatError) -> Ledger {
        let counts = fields.prefix(7).compactMap(Int.init).filter { 0...Int(largest) ~= $0 }
        let gaps = fields.dropFirst(7).compactMap(Double.init).filter(\.isFinite)
        guard fields.count == 11, counts.count == 7, gaps.count == 4 else { throw PprofComments.wrong("ledger") }
        var ledger = Ledger()
        (ledger.due, ledger.taken, ledger.late) = (counts[0], counts[1], counts[2])
        (ledger.missed, ledger.failed) = (counts[3], counts[4])
        (ledger.threadSamples, ledger.threadSamplesLost) = (counts[5], counts[6])
        (ledger.gaps.mean, ledger.gaps.median) = (gaps[0], gaps[1])
        (ledger.gaps.p95, ledger.gaps.longest) = (gaps[2], gaps[3])
        return ledger
    }
}

/// A sum of times or counts that refuses what no run can have.
struct RunningTotal {
    private(set) var sum: Int64 = 0

    mutating func add(_ value: Int64) throws(FormatError) {
        guard value >= 0 else {
            throw FormatError(
                "a count or time is negative",
                remedy: "a difference of profiles cannot be read; give the profiles themselves")
        }
        guard value <= PprofHeader.largest - sum else { throw .damaged("counts or times add up to more than 10^18") }
        sum += value
    }
}
