import ProfileModel

/// Reads profiles of Firefox's profiler: the processed format, of profiler.firefox.com, samply, CPython's sampler and swprof, and
/// Gecko's own.
///
/// A sample stands for its weight, or where it has none, for the profile's interval.
enum GeckoReader: ProfileReader {
    static let format = FormatName.gecko

    static func matches(_ content: FileContent) -> Bool {
        content.has("meta", "threads") || content.has("profile", "fileType")
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        var profile = GeckoProfile(try GeckoOutline(bytes))
        return try profile.read()
    }
}

private struct GeckoProfile {
    private let outline: GeckoOutline
    private var grown: ForeignProfile
    private var skipped: Set<String> = []
    /// By thread of the profile.
    private var processes: [String] = []

    init(_ outline: GeckoOutline) {
        self.outline = outline
        let tool = outline.tool
        grown = ForeignProfile(
            tool.isEmpty ? "gecko" : tool, .sampling,
            formatName: tool.isEmpty ? "Firefox profiler" : "Firefox profiler, of \(tool)")
        grown.set(rate: outline.isOwn ? nil : 1e3 / outline.interval)
    }

    mutating func read() throws(FormatError) -> Profile {
        for start in outline.threads { try add(GeckoThreadTables(outline, at: start)) }
        guard !grown.profile.samples.isEmpty || outline.isOwn else {
            throw FormatError(
                skipped.isEmpty
                    ? "there is no sample in it"
                    : "its samples are \(skipped.sorted().joined(separator: ", ")), and no time",
                remedy: "give a profile of wall or processor time")
        }
        if !skipped.isEmpty {
            grown.note(
                "values-left-out", "samples in \(skipped.sorted().joined(separator: ", ")) are no time, and left out")
        }
        nameProcesses()
        return try OwnAttributes.completed(grown.finished(), outline.comments, counted: [])
    }

    private mutating func nameProcesses() {
        guard Set(processes).count > 1 else { return }
        for (index, process) in processes.enumerated() where !process.isEmpty {
            grown.name(thread: index, "\(grown.profile.threads[index].name) (process \(process))")
        }
    }

    private mutating func add(_ thread: GeckoThreadTables) throws(FormatError) {
        guard let unit = thread.weightUnit(interval: outline.interval) else {
            skipped.insert(thread.weightType)
            return
        }
        guard thread.samples.count(of: "stack") > 0 || outline.isOwn else { return }
        let index = grown.addThread(thread.id, name: thread.name)
        processes.append(thread.process)
        let places = try thread.places(outline, &grown)
        var stacks: [StackID] = []
        for node in 0..<thread.stacks.count(of: "frame") {
            let parent = thread.stacks.index("prefix", node)
            guard let frame = thread.stacks.index("frame", node), places.indices.contains(frame),
                parent.map({ stacks.indices.contains($0) }) != false
            else {
                throw .damaged(
                    "stack \(node) of the thread '\(thread.name)' is of a frame or a stack that is not there")
            }
            stacks.append(try grown.push(places[frame], onto: parent.map { stacks[$0] } ?? .empty))
        }
        for sample in 0..<thread.samples.count(of: "stack") {
            let stack = thread.samples.index("stack", sample)
            guard stack.map({ stacks.indices.contains($0) }) != false else {
                throw .damaged("sample \(sample) is of a stack that is not there")
            }
            let weight = thread.samples.number("weight", sample) ?? 1
            let time = try ForeignProfile.nanoseconds(weight, unit: unit)
            if time > 0 {
                try grown.add(stack.map { stacks[$0] } ?? .empty, thread: index, count: 1, nanoseconds: time)
            }
        }
    }
}
