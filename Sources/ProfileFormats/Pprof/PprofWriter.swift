import ProfileModel
import SwiftProtobuf

/// Writes pprof files that other tools read, and that give swprof the equal profile again.
///
/// A function's name is pprof's `name`, its qualified name `system_name` (see `PprofSystemName`); a C function has no
/// filename. A location has one line. Each sample of the profile is a sample of the file with two
/// values, a count (`samples` or `calls`) and a time (`wall` or `cpu`, in nanoseconds), and the
/// labels of `Pprof.LabelKey`. Stacks of more than `ElidedStack.deepest` frames are written without
/// their middle. The rest is in `PprofComments`.
enum PprofWriter: ProfileWriter {
    static let format = FormatName.pprof

    static func write(_ profile: Profile) throws(FormatError) -> [UInt8] {
        try GzipCodec.compress(try unpacked(profile))
    }

    /// The file before it is gzipped.
    ///
    /// - Parameter fewest: so many samples are written by runs.
    static func unpacked(_ profile: Profile, runsFrom fewest: Int = PprofRuns.fewest) throws(FormatError) -> [UInt8] {
        do {
            var encoder = PprofEncoder(profile, runsFrom: fewest)
            return try encoder.encode()
        } catch {
            throw FormatError(
                "the profile does not fit into a pprof file", remedy: "profile for a shorter time, or at a lower rate")
        }
    }
}

private struct PprofEncoder {
    private let profile: Profile
    private var file = Pprof.File()
    private var texts = PprofTexts()
    private var samples: [UInt8] = []
    /// The locations that stand for so many frames left out.
    private var elisions: [Int: UInt64] = [:]
    private var threads: [(first: Int, name: Int64)] = []
    /// How many samples each sample stands for; `nil` where each is written.
    private let runs: [Int]?

    init(_ profile: Profile, runsFrom fewest: Int) {
        self.profile = profile
        runs = PprofRuns.lengths(profile.samples, from: fewest)
    }

    mutating func encode() throws -> [UInt8] {
        addProgram()
        addValueTypes()
        for function in profile.functions { add(function) }
        for location in profile.locations { add(function: location.function.index, line: location.line) }
        addThreads()
        for (at, sample) in profile.samples.enumerated() where runs?[at] != 0 {
            try add(sample, run: Int64(runs?[at] ?? 1))
        }
        addComments()
        file.stringTable = texts.all
        let tables: [UInt8] = try file.serializedBytes()
        return tables + samples
    }

    /// A mapping that is known already keeps viewers from looking for symbols in the script.
    private mutating func addProgram() {
        file.mapping = [
            .with {
                $0.id = 1
                $0.filename = texts.index(of: profile.program.first ?? "python")
                ($0.hasFunctions_p, $0.hasFilenames_p, $0.hasLineNumbers_p, $0.hasInlineFrames_p) = (
                    true, true, true, true
                )
            }
        ]
        file.durationNanos = Self.integer(profile.seconds * 1e9)
    }

    private mutating func addValueTypes() {
        let count = profile.kind == .sampling ? "samples" : "calls"
        let time = valueType(profile.clock.rawValue, "nanoseconds")
        file.sampleType = [valueType(count, "count"), time]
        file.defaultSampleType = time.type
        if let rate = profile.rate {
            file.periodType = time
            file.period = Self.integer((1e9 / rate).rounded())
        }
    }

    private mutating func valueType(_ type: String, _ unit: String) -> Pprof.ValueType {
        let (type, unit) = (texts.index(of: type), texts.index(of: unit))
        return .with { ($0.type, $0.unit) = (type, unit) }
    }

    private mutating func add(_ function: Function) {
        var entry = Perftools_Profiles_Function()
        entry.id = UInt64(file.function.count + 1)
        entry.name = texts.index(of: function.name)
        entry.systemName = texts.index(of: PprofSystemName.text(function))
        entry.filename = function.file.map { texts.index(ofFile: $0) } ?? 0
        entry.startLine = Int64(function.line)
        file.function.append(entry)
    }

    private mutating func add(function: Int, line: Int) {
        var entry = Perftools_Profiles_Location()
        entry.id = UInt64(file.location.count + 1)
        entry.mappingID = 1
        entry.line = [.with { ($0.functionID, $0.line) = (UInt64(function + 1), Int64(line)) }]
        file.location.append(entry)
    }

    private mutating func addThreads() {
        var first: [Int64: Int] = [:]
        for (index, thread) in profile.threads.enumerated() {
            if first[thread.id] == nil { first[thread.id] = index }
            threads.append((first[thread.id] ?? index, texts.index(of: thread.name)))
        }
    }

    private mutating func add(_ sample: Sample, run: Int64) throws {
        let stack = ElidedStack(sample.stack, in: profile.stacks)
        var entry = Pprof.Sample()
        entry.locationID = stack.top.map { UInt64($0.index + 1) }
        entry.value = [sample.count * run, sample.nanoseconds * run]
        if run > 1 { label(&entry, .run, run) }
        if let tick = sample.tick { label(&entry, .tick, Int64(tick)) }
        if let instant = sample.instant { label(&entry, .instant, instant) }
        if sample.isProbe { label(&entry, .probe, 1) }
        if sample.isWaiting { label(&entry, .waiting, 1) }
        if let holdsLock = sample.holdsLock { label(&entry, .gil, holdsLock ? 1 : 0) }
        if let opcode = sample.opcode { label(&entry, .opcode, opcode) }
        if let called = sample.called { label(&entry, .called, called) }
        switch sample.task {
        case .named(let name)?: label(&entry, .task, name)
        case .unknown?: label(&entry, .task, 1)
        case nil: break
        }
        labelThread(&entry, sample.thread)
        if stack.elided > 0 {
            entry.locationID.append(location(eliding: stack.elided))
            entry.locationID += stack.bottom.map { UInt64($0.index + 1) }
            label(&entry, .stack, Int64(sample.stack.index))
        }
        // Encoded at once: messages take many times the memory of their bytes.
        samples += try Pprof.File.with { $0.sample = [entry] }.serializedBytes() as [UInt8]
    }

    private mutating func labelThread(_ entry: inout Pprof.Sample, _ index: Int) {
        guard profile.threads.indices.contains(index) else { return }
        label(&entry, .thread, profile.threads[index].id)
        if threads[index].first != index { label(&entry, .life, Int64(index)) }
        if profile.processes.indices.contains(profile.threads[index].process) {
            label(&entry, .process, profile.processes[profile.threads[index].process].id)
            label(&entry, .processName, profile.processes[profile.threads[index].process].name)
        }
        if threads[index].name != 0 {
            let key = texts.index(of: Pprof.LabelKey.threadName.rawValue)
            entry.label.append(.with { ($0.key, $0.str) = (key, threads[index].name) })
        }
    }

    private mutating func label(_ entry: inout Pprof.Sample, _ key: Pprof.LabelKey, _ text: String) {
        let (key, text) = (texts.index(of: key.rawValue), texts.index(of: text))
        entry.label.append(.with { ($0.key, $0.str) = (key, text) })
    }

    private mutating func label(_ entry: inout Pprof.Sample, _ key: Pprof.LabelKey, _ number: Int64) {
        var label = Pprof.Label()
        label.key = texts.index(of: key.rawValue)
        label.num = number
        label.numUnit = texts.index(of: key.unit)
        entry.label.append(label)
    }

    private mutating func location(eliding count: Int) -> UInt64 {
        if let known = elisions[count] { return known }
        add(ElidedStack.function(eliding: count))
        add(function: file.function.count - 1, line: 0)
        let new = UInt64(file.location.count)
        elisions[count] = new
        return new
    }

    private mutating func addComments() {
        var comments = PprofHeader.comments(of: profile)
        if !elisions.isEmpty || !PprofStackOrder.isImplied(by: profile.samples, in: profile.stacks) {
            comments.add(PprofStackOrder.key, PprofStackOrder.field(of: profile.stacks))
        }
        file.comment = comments.lines.map { texts.index(of: $0) }
    }

    /// The nearest integer that a pprof field can hold.
    private static func integer(_ value: Double) -> Int64 {
        Int64(exactly: value.rounded()) ?? 0
    }
}
