import ProfileModel

/// What a profile has that it has no more once it was written and read again.
struct ConversionLosses {
    /// Each in a few words.
    private(set) var all: [String] = []
    private let before: Profile
    private let after: Profile
    /// Shares that differ by more are others.
    private static let leastDifference = 1e-9

    init(from before: Profile, to after: Profile) {
        (self.before, self.after) = (before, after)
        compareTimes()
        compareNames()
        compareRun()
    }

    private mutating func compareTimes() {
        note(before.clock != after.clock, "the clock: '\(before.clock.rawValue)' is read as '\(after.clock.rawValue)'")
        let (was, becomes) = (PlaceTimes(before), PlaceTimes(after))
        compare(was.own, becomes.own, "self times")
        compare(was.total, becomes.total, "totals")
        note(before.inclusive == nil && after.inclusive != nil, "whole stacks")
        if before.tellsSelfTime != after.tellsSelfTime {
            all.append("that its times are with callees, so that self times are not known")
        }
        let (sum, again) = (Double(before.threadTime), Double(after.threadTime))
        note(
            abs(sum - again) > Self.leastDifference * max(sum, again, 1),
            "seconds: \(Self.seconds(sum)) are read as \(Self.seconds(again))")
        note(!before.secondsAreKnown && after.secondsAreKnown, "that its numbers are no seconds")
        note(was.calls != becomes.calls && before.kind == .tracing, "numbers of calls")
    }

    private mutating func compare(_ was: [PlaceTimes.Key: Double], _ becomes: [PlaceTimes.Key: Double], _ what: String)
    {
        let largest = Set(was.keys).union(becomes.keys).map { abs((was[$0] ?? 0) - (becomes[$0] ?? 0)) }.max() ?? 0
        guard largest > Self.leastDifference else { return }
        let percent = largest * 100
        all.append("\(what): they differ by up to \(percent < 0.01 ? "0.01" : Self.rounded(percent)) % of the run")
    }

    private mutating func compareNames() {
        note(
            Self.lives(before) != Self.lives(after),
            before.threads.count > 1
                ? "the \(before.threads.count.grouped) threads with their names" : "the thread's name and life")
        note(Self.lines(before).count > Self.lines(after).count, "lines")
        note(Self.firstLines(before).count > Self.firstLines(after).count, "functions' first lines")
        note(Self.qualifiedNames(before) != Self.qualifiedNames(after), "qualified names")
        note(
            before.samples.contains { $0.opcode != nil } && !after.samples.contains { $0.opcode != nil }, "instructions"
        )
        note(
            before.samples.contains { $0.called != nil } && !after.samples.contains { $0.called != nil },
            "the C functions that were called")
        note(before.samples.contains { $0.task != nil } && !after.samples.contains { $0.task != nil }, "tasks")
        note(before.samples.contains(where: \.isWaiting) && !after.samples.contains(where: \.isWaiting), "who waited")
        note(
            before.samples.contains { $0.holdsLock != nil } && !after.samples.contains { $0.holdsLock != nil },
            "who held the GIL")
    }

    private mutating func compareRun() {
        note(
            before.ledger != nil && after.ledger == nil,
            "the ticks with their schedule and ledger, and so every interval")
        note(before.probeCosts != after.probeCosts, "what probes cost")
        note(before.account != after.account, "what the kernel says of the process")
        note(
            before.design != after.design || before.rate != after.rate
                || before.instantsAreOwn != after.instantsAreOwn || before.kindsTold != after.kindsTold,
            "how it was taken")
        let was = (before.program, before.own, before.python, before.exit, before.audit)
        note(was != (after.program, after.own, after.python, after.exit, after.audit), "the program and where it ran")
        note(
            abs(before.seconds - after.seconds) > Self.leastDifference * max(before.seconds, 1),
            "how long the run took")
        note(before.kind != after.kind, "that it was by \(before.kind.rawValue)")
        note(before.processes.count > after.processes.count, "processes")
        note(before.marks.count > after.marks.count, "what stood on lines")
        let caveats = Set(before.caveats.map(\.code)).subtracting(after.caveats.map(\.code)).sorted()
        note(!caveats.isEmpty, "caveats: \(caveats.joined(separator: ", "))")
    }

    private mutating func note(_ isLost: Bool, _ what: String) { if isLost { all.append(what) } }

    private static func lives(_ profile: Profile) -> [String] {
        profile.threads.map { "\($0.id) \($0.nanoseconds) \($0.name)" }.sorted()
    }
    private static func lines(_ profile: Profile) -> Set<Int> {
        Set(stacked(profile).lazy.map(\.line).filter { $0 > 0 })
    }
    private static func firstLines(_ profile: Profile) -> Set<Int> {
        Set(stacked(profile).lazy.map { profile.functions[$0.function.index].line }.filter { $0 > 0 })
    }
    private static func qualifiedNames(_ profile: Profile) -> Set<String> {
        Set(stacked(profile).map { profile.functions[$0.function.index].qualname })
    }
    /// The locations that stand on a stack: a table may hold others, which no format need keep.
    private static func stacked(_ profile: Profile) -> [Location] {
        Set(profile.stacks.locations.dropFirst()).map { profile.locations[$0.index] }
    }
    private static func seconds(_ nanoseconds: Double) -> String { "\(nanoseconds / 1e9)" }
    private static func rounded(_ percent: Double) -> String { "\((percent * 100).rounded(.up) / 100)" }
}

/// What of a profile most formats hold: by function, its parts of the whole.
private struct PlaceTimes {
    /// A function by its file and its bare name: formats tell more, or less, of names.
    struct Key: Hashable {
        var file: String?
        var name: Substring

        init(_ function: Function) {
            file = function.file
            name = function.name[...]
            if let point = name.utf8.lastIndex(of: UInt8(ascii: ".")), name.utf8.index(after: point) != name.endIndex {
                name = name[name.utf8.index(after: point)...]
            }
        }
    }

    private(set) var own: [Key: Double] = [:]
    private(set) var total: [Key: Double] = [:]
    private(set) var calls: [Key: Int64] = [:]

    init(_ profile: Profile) {
        let keys = profile.functions.map { Key($0) }
        let whole = Double(max(1, profile.threadTime))
        var times = [Int64](repeating: 0, count: profile.stacks.count)
        for sample in profile.samples {
            times[sample.stack.index].addClamped(sample.nanoseconds)
            guard let leaf = profile.stacks.leaf(of: sample.stack) else { continue }
            let key = keys[profile.locations[leaf.index].function.index]
            if sample.count > 0, !profile.isLine(sample) { calls[key, default: 0].addClamped(sample.count) }
            own[key, default: 0] += Double(sample.nanoseconds) / whole
        }
        if let measured = profile.inclusive {
            for (index, time) in (measured.functions ?? []).enumerated() where keys.indices.contains(index) {
                total[keys[index], default: 0] += Double(time) / whole
            }
        } else {
            addTotals(profile, keys, times, whole)
        }
    }

    /// Each stack counts once for a function, however often it is on it.
    private mutating func addTotals(_ profile: Profile, _ keys: [Key], _ own: [Int64], _ whole: Double) {
        var inclusive = own
        for node in inclusive.indices.dropFirst().reversed() {
            inclusive[Int(profile.stacks.parents[node])].addClamped(inclusive[node])
        }
        var open: [Key: Int] = [:]
        var walk = TreeWalk(profile.stacks.parents)
        while let step = walk.next() {
            switch step {
            case .enter(let node):
                let key = keys[profile.locations[profile.stacks.locations[node].index].function.index]
                if open[key, default: 0] == 0 { total[key, default: 0] += Double(inclusive[node]) / whole }
                open[key, default: 0] += 1
            case .leave(let node):
                open[keys[profile.locations[profile.stacks.locations[node].index].function.index], default: 0] -= 1
            }
        }
    }
}
