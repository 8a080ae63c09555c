import ProfileModel

/// Writes the Firefox profiler's processed format, which profiler.firefox.com opens: a sample for each sample, weights in milliseconds.
///
/// Functions have their files and first lines, frames the line being executed. What the format has no field for stands in
/// `meta.swprof`, as `PprofComments` lists it, and the bare names that do not follow from the others in `meta.bareNames`.
enum GeckoWriter: ProfileWriter {
    static let format = FormatName.gecko

    static func write(_ profile: Profile) throws(FormatError) -> [UInt8] {
        var texts = GeckoTexts()
        let tables = GeckoTables(profile, &texts)
        let lives = profile.threads.isEmpty ? [ThreadLife(id: 0, name: "", nanoseconds: 0)] : profile.threads
        var threads = lives.indices.map { GeckoThread(name: lives[$0].name, number: $0 + 1, tables) }
        for sample in profile.samples where sample.nanoseconds > 0 {
            threads[threads.indices.contains(sample.thread) ? sample.thread : 0].samples.add(sample)
        }
        let meta = GeckoMeta(
            interval: profile.rate.map { 1e3 / $0 } ?? 1, product: profile.program.first ?? "Python",
            swprof: OwnAttributes.comments(of: profile), bareNames: profile.functions.map(\.bareNameUnlessImplied))
        return try JSONText.encode(GeckoFile(meta: meta, threads: threads, shared: .init(stringArray: texts.all)))
    }
}

/// The version of the format that is written: 57 (firefox-devtools/profiler, `processed-profile-versioning`).
private struct GeckoFile: Encodable {
    var meta: GeckoMeta
    var libs: [Int] = []
    var pages: [Int] = []
    var threads: [GeckoThread]
    var shared: Shared

    struct Shared: Encodable {
        var stringArray: [String]
        var sources = Sources()
    }

    struct Sources: Encodable {
        var length = 0
        var uuid: [Int] = []
        var filename: [Int] = []
    }
}

private struct GeckoMeta: Encodable {
    /// Milliseconds.
    var interval: Double
    var startTime = 0
    var processType = 0
    var stackwalk = 0
    var version = 32
    var preprocessedProfileVersion = 57
    var symbolicated = true
    var product: String
    var importedFrom = "swprof"
    var categories = [
        Category(name: "Other", color: "grey"), Category(name: "Python", color: "yellow"),
        Category(name: "C", color: "blue"),
    ]
    var markerSchema: [Int] = []
    var swprof: [String]
    var bareNames: [String?]

    struct Category: Encodable {
        var name: String
        var color: String
        var subcategories = ["Other"]
    }

    static let python = 1
    static let c = 2
}

private struct GeckoTexts {
    private(set) var all: [String] = []
    private var known: [String: Int] = [:]

    mutating func index(of text: String) -> Int {
        if let index = known[text] { return index }
        known[text] = all.count
        all.append(text)
        return all.count - 1
    }
}

/// Tables that all threads share in content.
private struct GeckoTables {
    var functions = Functions()
    var frames = Frames()
    var stacks = Stacks()

    struct Functions: Encodable {
        var length = 0
        var name: [Int] = []
        var isJS: [Bool] = []
        var relevantForJS: [Bool] = []
        var resource: [Int] = []
        var fileName: [Int?] = []
        var lineNumber: [Int?] = []
        var columnNumber: [Int?] = []
    }

    struct Frames: Encodable {
        var length = 0
        var address: [Int] = []
        var inlineDepth: [Int] = []
        var category: [Int] = []
        var subcategory: [Int] = []
        var `func`: [Int] = []
        var nativeSymbol: [Int?] = []
        var innerWindowID: [Int?] = []
        var implementation: [Int?] = []
        var line: [Int?] = []
        var column: [Int?] = []
    }

    struct Stacks: Encodable {
        var length = 0
        var frame: [Int] = []
        var prefix: [Int?] = []
        var category: [Int] = []
        var subcategory: [Int] = []
    }

    init(_ profile: Profile, _ texts: inout GeckoTexts) {
        for function in profile.functions { add(function, &texts) }
        for location in profile.locations { add(location, isC: profile.functions[location.function.index].isC) }
        // The empty stack is none here: the others' numbers are one less.
        for node in profile.stacks.parents.indices.dropFirst() {
            let (frame, parent) = (profile.stacks.locations[node].index, Int(profile.stacks.parents[node]))
            stacks.frame.append(frame)
            stacks.prefix.append(parent == 0 ? nil : parent - 1)
            stacks.category.append(frames.category[frame])
            stacks.subcategory.append(0)
        }
        stacks.length = stacks.frame.count
    }

    private mutating func add(_ function: Function, _ texts: inout GeckoTexts) {
        functions.length += 1
        functions.name.append(texts.index(of: function.qualname))
        functions.isJS.append(false)
        functions.relevantForJS.append(false)
        functions.resource.append(-1)
        functions.fileName.append(function.file.map { texts.index(of: $0) })
        functions.lineNumber.append(function.line > 0 ? function.line : nil)
        functions.columnNumber.append(nil)
    }

    private mutating func add(_ location: Location, isC: Bool) {
        frames.length += 1
        frames.address.append(-1)
        frames.inlineDepth.append(0)
        frames.category.append(isC ? GeckoMeta.c : GeckoMeta.python)
        frames.subcategory.append(0)
        frames.func.append(location.function.index)
        frames.nativeSymbol.append(nil)
        frames.innerWindowID.append(nil)
        frames.implementation.append(nil)
        frames.line.append(location.line > 0 ? location.line : nil)
        frames.column.append(nil)
    }
}

private struct GeckoThread: Encodable {
    var name: String
    var isMainThread: Bool
    var processType = "default"
    var processName = "Python"
    var processStartupTime = 0
    var processShutdownTime: Int?
    var registerTime = 0
    var unregisterTime: Int?
    var pausedRanges: [Int] = []
    var pid = "1"
    var tid: Int
    var samples = Samples()
    var markers = Markers()
    var stackTable: GeckoTables.Stacks
    var frameTable: GeckoTables.Frames
    var funcTable: GeckoTables.Functions
    var resourceTable = Resources()
    var nativeSymbols = NativeSymbols()

    init(name: String, number: Int, _ tables: GeckoTables) {
        (self.name, tid, isMainThread) = (name, number, number == 1)
        (stackTable, frameTable, funcTable) = (tables.stacks, tables.frames, tables.functions)
    }

    struct Samples: Encodable {
        var length = 0
        var stack: [Int?] = []
        /// Milliseconds.
        var time: [Double] = []
        var weight: [Double] = []
        var weightType = "tracing-ms"
        private var now: Int64 = 0

        enum CodingKeys: String, CodingKey {
            case length, stack, time, weight, weightType
        }

        mutating func add(_ sample: Sample) {
            length += 1
            stack.append(sample.stack == .empty ? nil : sample.stack.index - 1)
            time.append(Double(now) / 1e6)
            weight.append(Double(sample.nanoseconds) / 1e6)
            now.addClamped(sample.nanoseconds)
        }
    }

    struct Markers: Encodable {
        var length = 0
        var data: [Int] = []
        var name: [Int] = []
        var startTime: [Int] = []
        var endTime: [Int] = []
        var phase: [Int] = []
        var category: [Int] = []
    }

    struct Resources: Encodable {
        var length = 0
        var lib: [Int] = []
        var name: [Int] = []
        var host: [Int] = []
        var type: [Int] = []
    }

    struct NativeSymbols: Encodable {
        var length = 0
        var libIndex: [Int] = []
        var address: [Int] = []
        var name: [Int] = []
        var functionSize: [Int] = []
    }
}
