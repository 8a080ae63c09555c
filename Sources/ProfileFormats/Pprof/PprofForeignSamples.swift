import ProfileModel

/// Makes a profile of another tool's pprof file, which knows no ticks, ledger or lives of threads.
struct PprofForeignSamples {
    private(set) var profile: Profile
    private let file: PprofFile
    private let values: PprofForeignValues
    private var stacks: PprofStacks
    private var counts = RunningTotal()
    private var times = RunningTotal()
    private var threads = PprofForeignThreads()
    private var notes = SampleNotes()
    private let dropping: PprofDroppedFrames

    /// - Parameter type: the name of the sample type that is wanted; `nil` for the time that tells most.
    init(_ file: PprofFile, type: String?) throws(FormatError) {
        self.file = file
        values = try PprofForeignValues(file, type: type)
        stacks = PprofStacks(try PprofSymbols(file, own: false), order: nil)
        dropping = try PprofDroppedFrames(file)
        profile = Profile(design: file.names.design, kind: .sampling, clock: values.isCPU ? .cpu : .wall)
        profile.rate = values.rate
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
        profile.threads = threads.lives
        profile.caveats = caveats
    }

    private var caveats: [Caveat] {
        var caveats = [Caveat.foreign(file.names.format)]
        if let chosen = values.chosen {
            let others = chosen.others.joined(separator: ", ")
            caveats.append(
                Caveat(
                    code: "several-times",
                    text:
                        "the figures are of the file's '\(chosen.name)'; it has other times, too: --type takes \(others)"
                ))
        }
        if let text = dropping.caveat { caveats.append(Caveat(code: "frames-not-dropped", text: text)) }
        return caveats
    }

    private mutating func add(_ entry: Pprof.Sample) throws(FormatError) {
        let (count, nanoseconds) = try values.read(entry.value)
        try counts.add(count)
        try times.add(nanoseconds)
        // Of a file with several types a sample may be of another one alone.
        if nanoseconds == 0, entry.value.count > 2 { return }
        let thread = try threads.index(of: entry.label, in: file)
        threads.add(nanoseconds, to: thread)
        profile.samples.append(
            Sample(
                stack: try stacks.stack(of: dropping.kept(entry.locationID), node: nil), thread: thread, count: count,
                nanoseconds: nanoseconds,
                note: notes.shared(SampleNote(task: try PprofForeignThreads.task(of: entry.label, in: file)))))
    }
}
