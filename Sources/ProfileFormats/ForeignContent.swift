/// Files that are no profiles that swprof reads, known by how they begin: an error names what they are.
enum ForeignContent {
    /// Why the content is refused; `nil` where nothing is known of it.
    static func refusal(_ content: FileContent) -> FormatError? {
        for kind in kinds where kind.begins.contains(where: { content.bytes.starts(with: $0) }) {
            return FormatError("the file is \(kind.name)", remedy: kind.remedy)
        }
        return ofJSON(content) ?? ofPickle(content) ?? ofText(content)
    }

    /// What the content may be that no reader knows: protocol buffers of Perfetto begin with one packet after another.
    static func guess(_ content: FileContent) -> FormatError? {
        guard !content.isText else { return nil }
        var cursor = ProtobufCursor(content.bytes)
        var packets = 0
        while packets < 8, !cursor.isAtEnd {
            guard let entry = try? cursor.next(), entry.field == 1, entry.payload != nil else { return nil }
            packets += 1
        }
        return packets < 2
            ? nil
            : FormatError(
                "the file may be a trace of Perfetto's (binary)", remedy: "turn it first: traceconv json FILE OUT")
    }

    private struct Kind {
        var begins: [[UInt8]]
        var name: String
        var remedy: String

        init(_ begins: [String], _ name: String, _ remedy: String) {
            (self.begins, self.name, self.remedy) = (begins.map { Array($0.utf8) }, name, remedy)
        }

        init(bytes: [[UInt8]], _ name: String, _ remedy: String) {
            (begins, self.name, self.remedy) = (bytes, name, remedy)
        }
    }

    private static let origin = "give the profile that it was made of"
    private static let time = "give a profile of wall or processor time"

    private static let kinds = [
        Kind(["SWPROFTL"], "a timeline of swprof", "give it to swprof simulate"),
        Kind(["memray"], "memray's, which measures memory and no time", time),
        Kind(bytes: [[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]], "packed by xz", "unpack it first: xz -d FILE"),
        Kind(
            bytes: [[0x04, 0x22, 0x4D, 0x18]], "packed by lz4, as memray's captures of memory are",
            "unpack another tool's profile first: lz4 -d FILE"),
        Kind(["BZh"], "packed by bzip2", "unpack it first: bzip2 -d FILE"),
        Kind(["PK\u{3}\u{4}", "PK\u{5}\u{6}"], "a zip archive", "unpack it first, and give the profile that is in it"),
        Kind(["FLR\0"], "Java's (JFR)", "give a profile of a Python program; `jfr print` shows this one"),
        Kind(["JAVA PROFILE"], "Java's (hprof)", "give a profile of a Python program"),
        Kind(["PERFILE2", "2ELIFREP"], "perf's own (perf.data)", "give what `perf script -i FILE` prints"),
        Kind(
            bytes: [[UInt8](repeating: 0, count: 8) + [3] + [UInt8](repeating: 0, count: 15)],
            "gperftools' own, or vmprof's",
            "turn it first: go tool pprof -proto PROGRAM FILE"),
        Kind(["SIMPLEPERF"], "simpleperf's, of Android", "give what `simpleperf report-sample` prints"),
        Kind(["*version\n", "SLOW"], "Android's (ART)", "give a profile of a Python program"),
        Kind(["Nettrace"], "a trace of .NET", "give a profile of a Python program"),
        Kind(["SQLite format 3\0"], "a database of SQLite", "give a profile that the tool exports from it"),
        Kind(
            ["TACH", "HCAT"], "CPython's sampler's own (binary)",
            "turn it first: python -m profiling.sampling replay --collapsed FILE"),
        Kind(bytes: [[0x7F, 0x45, 0x4C, 0x46]], "a program or library (ELF)", "give the path of a profile"),
        Kind(
            ["%PDF", "\u{89}PNG", "<svg", "<?xml", "<!DOCTYPE", "<!doctype", "<html"], "a picture or a page",
            "give the profile that it was made of"),
    ]

    /// By keys of the top object that stand together in no other tool's.
    private static let objects: [(keys: [String], name: String, remedy: String)] = [
        (["schema", "functions"], "a report of swprof in JSON, and no profile", origin),
        (["schema", "designs"], "a report of swprof in JSON, and no profile", origin),
        // Memory has no place among shares of time.
        (["metadata", "unique_allocations"], "memray's, which measures memory and no time", time),
        (["snapshot", "nodes"], "V8's heap snapshot, of memory and no time", time),
        (["head", "startTime"], "Chrome's CPU profile of before 2017", "save it again with a newer version"),
        (["head"], "V8's heap profile, of memory and no time", time),
        (["recording", "overview"], "Safari's", "give a profile of a Python program"),
        (["mode", "gc_samples"], "stackprof's, of Ruby", "give a profile of a Python program"),
        (["dhatFileVersion"], "DHAT's, which measures memory and no time", time),
        (["flamebearer"], "Pyroscope's, for its page", "export it as pprof"),
        (["resourceProfiles"], "OpenTelemetry's as JSON", "give it as protocol buffers (.otlp)"),
        (["linux-perf-json-version"], "perf's as JSON", "give what `perf script -i FILE` prints"),
        (["functions", "costs", "events"], "gprof2dot's as JSON", origin),
        (["children", "value", "name"], "a flame graph's", origin),
    ]

    private static func ofJSON(_ content: FileContent) -> FormatError? {
        guard content.isJSON, !content.keys.isEmpty else { return nil }
        return objects.first { $0.keys.allSatisfy(content.keys.contains) }.map {
            FormatError("the file is \($0.name)", remedy: $0.remedy)
        }
    }

    /// Of all pickles line_profiler's alone are read, which name their class at the beginning.
    private static func ofPickle(_ content: FileContent) -> FormatError? {
        guard LineProfilerReader.matches(content),
            !String(decoding: content.bytes.prefix(1_000), as: UTF8.self).contains("LineStats")
        else { return nil }
        return FormatError(
            "the file is a pickle of Python's, and none of line_profiler's",
            remedy: "save it in another format, such as pstats")
    }

    /// By what stands in the first lines, each at the beginning of one.
    private static let texts: [(begins: [String], name: String, remedy: String)] = [
        (["import time:"], "what `python -X importtime` prints: times of imports, and no profile", time),
        (["heap profile:"], "a heap profile, of memory and no time", time),
        (["goroutine profile:"], "Go's list of goroutines, and no profile of time", time),
        (["Timer unit: "], "what line_profiler prints", "give the file that it wrote (.lprof)"),
        (["   Ordered by: "], "what pstats prints", "give the file that it printed: cProfile writes it with -o"),
        (["  _     ._   __/__ "], "what pyinstrument prints", "save it with -r session or -r json"),
        (["CMDLINE ", "MEM "], "memory_profiler's, which measures memory and no time", time),
        (["desc: ", "time_unit: "], "massif's, which measures memory and no time", time),
    ]

    private static func ofText(_ content: FileContent) -> FormatError? {
        let head = content.bytes.prefix(2_000)
        guard !head.contains(0), !content.isJSON else { return nil }
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\n")
        return texts.first { text in text.begins.allSatisfy { begin in lines.contains { $0.hasPrefix(begin) } } }.map {
            FormatError("the file is \($0.name)", remedy: $0.remedy)
        }
    }
}
