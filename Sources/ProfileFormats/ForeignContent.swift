/// Files that are no profiles that swprof reads, known by how they begin: an error names what they are.
enum ForeignContent {
    /// Why the content is refused; `nil` where nothing is known of it.
    static func refusal(_ content: FileContent) -> FormatError? {
        for kind in kinds where kind.begins.contains(where: { content.bytes.starts(with: $0) }) {
            return FormatError("the file is \(kind.name)", remedy: kind.remedy)
        }
        return ofText(content)
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

    private static let time = "give a profile of wall or processor time"

    private static let kinds = [
        Kind(["SWPROFTL"], "a timeline of swprof", "give it to swprof simulate"),
        Kind(["memray"], "memray's, which measures memory and no time", time),
        Kind(bytes: [[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]], "packed by xz", "unpack it first: xz -d FILE"),
        Kind(["BZh"], "packed by bzip2", "unpack it first: bzip2 -d FILE"),
        Kind(["PK\u{3}\u{4}", "PK\u{5}\u{6}"], "a zip archive", "unpack it first, and give the profile that is in it"),
        Kind(["FLR\0"], "Java's (JFR)", "give a profile of a Python program; `jfr print` shows this one"),
        Kind(["JAVA PROFILE"], "a heap dump of Java", time),
        Kind(["PERFILE2", "2ELIFREP"], "perf's own (perf.data)", "give what `perf script -i FILE` prints"),
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

    private static func ofText(_ content: FileContent) -> FormatError? {
        if content.has("schema", "functions") || content.has("schema", "designs") {
            return FormatError(
                "the file is a report of swprof in JSON, and no profile", remedy: "give the profile that it was made of"
            )
        }
        // Memory has no place among shares of time.
        if content.has("metadata", "unique_allocations") {
            return FormatError("the file is memray's, which measures memory and no time", remedy: time)
        }
        let head = String(decoding: content.bytes.prefix(200), as: UTF8.self)
        if head.hasPrefix("import time:") {
            return FormatError(
                "the file is what `python -X importtime` prints: times of imports, and no profile", remedy: time)
        }
        if head.hasPrefix("heap profile:") || head.contains("\nheap profile:") {
            return FormatError("the file is a heap profile, of memory and no time", remedy: time)
        }
        return nil
    }
}
