import ProfileModel

/// Fills a profile whose header is known with what swprof's own writer put into the tables.
struct PprofOwnSamples {
    private(set) var profile: Profile
    private var stacks: PprofStacks
    private var notes = SampleNotes()
    private var counts = RunningTotal()
    private var times = RunningTotal()
    private let keys: [Int64: Pprof.LabelKey]
    private let texts: [String]
    private let threads: [Int64: Int]
    /// By index, how many samples one stands for.
    private var runs: [Int: Int] = [:]

    init(_ header: Profile, _ file: PprofFile, order: String?) throws(FormatError) {
        profile = header
        stacks = PprofStacks(try PprofSymbols(file, own: true), order: order)
        keys = Self.keys(of: file.texts)
        texts = file.texts
        threads = Dictionary(
            header.threads.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for index in 0..<file.sampleCount { try add(try file.sample(index)) }
        profile.samples = try PprofRuns.expand(profile.samples, runs)
        profile.functions = stacks.symbols.interning.functions
        profile.locations = stacks.symbols.interning.locations
        profile.stacks = stacks.table
    }

    private static func keys(of texts: [String]) -> [Int64: Pprof.LabelKey] {
        var keys: [Int64: Pprof.LabelKey] = [:]
        for (index, text) in texts.enumerated() { keys[Int64(index)] = Pprof.LabelKey(rawValue: text) }
        return keys
    }

    private mutating func add(_ entry: Pprof.Sample) throws(FormatError) {
        guard entry.value.count == 2 else { throw .damaged("a sample has \(entry.value.count) values instead of 2") }
        try counts.add(entry.value[0])
        try times.add(entry.value[1])
        let labels = Labels(entry.label, keys: keys)
        if let run = try labels.natural(.run) { runs[profile.samples.count] = Int(clamping: min(run, 1 << 27)) }
        profile.samples.append(
            Sample(
                stack: try stacks.stack(of: entry.locationID, node: labels.numbers[.stack]),
                thread: try thread(of: labels),
                tick: try labels.natural(.tick).map(Int.init), instant: try labels.natural(.instant),
                count: entry.value[0], nanoseconds: entry.value[1], isProbe: labels.numbers[.probe] == 1,
                isWaiting: labels.numbers[.waiting] == 1, holdsLock: labels.numbers[.gil].map { $0 == 1 },
                note: note(of: labels)))
    }

    private mutating func note(of labels: Labels) -> SampleNote? {
        let (opcode, called) = (text(labels, .opcode), text(labels, .called))
        return notes.shared(SampleNote(opcode: opcode, called: called, task: task(of: labels)))
    }

    private func task(of labels: Labels) -> RunningTask? {
        if let text = labels.texts[.task] { return texts.indices.contains(Int(text)) ? .named(texts[Int(text)]) : nil }
        // An empty name is the text 0.
        return labels.numbers[.task].map { $0 == 0 ? .named("") : .unknown }
    }

    private func text(_ labels: Labels, _ key: Pprof.LabelKey) -> String? {
        labels.texts[key].flatMap { texts.indices.contains(Int($0)) ? texts[Int($0)] : nil }
    }

    private func thread(of labels: Labels) throws(FormatError) -> Int {
        let index = labels.numbers[.life].map(Int.init) ?? labels.numbers[.thread].map { threads[$0] ?? -1 } ?? 0
        guard profile.threads.indices.contains(index) else {
            throw .damaged("a sample is of a thread that the comments do not list")
        }
        return index
    }

    /// The numbers in a sample's labels, and the indices of texts.
    private struct Labels {
        var numbers: [Pprof.LabelKey: Int64] = [:]
        var texts: [Pprof.LabelKey: Int64] = [:]

        init(_ labels: [Pprof.Label], keys: [Int64: Pprof.LabelKey]) {
            for label in labels {
                guard let key = keys[label.key] else { continue }
                if label.str == 0 { numbers[key] = label.num } else { texts[key] = label.str }
            }
        }

        func natural(_ key: Pprof.LabelKey) throws(FormatError) -> Int64? {
            guard let number = numbers[key] else { return nil }
            guard 0...PprofHeader.largest ~= number else { throw .damaged("a sample's \(key.rawValue) is \(number)") }
            return number
        }
    }
}
