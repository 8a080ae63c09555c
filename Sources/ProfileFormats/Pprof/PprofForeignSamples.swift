import ProfileModel

/// Makes a profile of another tool's pprof file, which knows no ticks, ledger or lives of threads.
struct PprofForeignSamples {
    private(set) var profile: Profile
    private let file: PprofFile
    private let values: PprofForeignValues
    private var stacks: PprofStacks
    private var counts = RunningTotal()
    private var times = RunningTotal()
    private var threads: [Thread: Int] = [:]

    /// What a sample's labels say of its thread.
    private struct Thread: Hashable {
        var id: Int64 = 0
        var name = ""
    }

    init(_ file: PprofFile) throws(FormatError) {
        self.file = file
        values = try PprofForeignValues(file)
        stacks = PprofStacks(try PprofSymbols(file, own: false), order: nil)
        profile = Profile(design: "pprof", kind: .sampling, clock: values.isCPU ? .cpu : .wall)
        profile.rate = values.rate
        profile.caveats = [.foreign("pprof")]
        if let binary = file.tables.mapping.first {
            let name = try file.text(binary.filename)
            if !name.isEmpty { profile.program = [name] }
        }
        for index in 0..<file.sampleCount { try add(try file.sample(index)) }
        let length = file.tables.durationNanos > 0 ? file.tables.durationNanos : times.sum
        profile.seconds = Double(length) / 1e9
        profile.functions = stacks.symbols.interning.functions
        profile.locations = stacks.symbols.interning.locations
        profile.stacks = stacks.table
    }

    private mutating func add(_ entry: Pprof.Sample) throws(FormatError) {
        let (count, nanoseconds) = try values.read(entry.value)
        try counts.add(count)
        try times.add(nanoseconds)
        let thread = index(of: try thread(of: entry.label))
        profile.threads[thread].nanoseconds += nanoseconds
        profile.samples.append(
            Sample(
                stack: try stacks.stack(of: entry.locationID, node: nil), thread: thread, count: count,
                nanoseconds: nanoseconds))
    }

    private func thread(of labels: [Pprof.Label]) throws(FormatError) -> Thread {
        var thread = Thread()
        for label in labels {
            switch try file.text(label.key) {
            case "thread", "thread id", "thread_id", "tid":
                if label.str == 0 { thread.id = label.num } else { thread.name = try file.text(label.str) }
            case "thread name", "thread_name":
                thread.name = try file.text(label.str)
            default: break
            }
        }
        return thread
    }

    private mutating func index(of thread: Thread) -> Int {
        if let known = threads[thread] { return known }
        let new = profile.threads.count
        threads[thread] = new
        profile.threads.append(ThreadLife(id: thread.id, name: thread.name, nanoseconds: 0))
        return new
    }
}
