import ProfileModel

/// Writes the lines of JSON of CPython's sampler (`jsonl_collector.py` of CPython 3.15, records of version 0).
///
/// A count of samples is one of the longest intervals in which all times are whole, so that no share is rounded. Keys of swprof's own are
/// left out by readers that do not know them: `swprof` in the first record, which has the lines that `PprofComments` lists; of frames
/// `first_line`, `executing_line` where one is known, and `bare_str_id`; of entries `count` (samples, or a tracer's calls) and
/// `function_cumulative`, the time with callees of the whole function.
enum TachyonWriter: ProfileWriter {
    static let format = FormatName.jsonl
    /// As many entries stand in a record.
    private static let chunk = 256

    static func write(_ profile: Profile) throws(FormatError) -> [UInt8] {
        let figures = TachyonFigures(profile)
        let tables = TachyonTables(profile, figures)
        var lines = TachyonLines(run: tables.texts.map(\.value) + OwnAttributes.comments(of: profile))
        let mode = profile.clock.rawValue
        try lines.add("meta") {
            $0.interval = figures.unit % 1_000 == 0 ? .whole(figures.unit / 1_000) : .part(Double(figures.unit) / 1e3)
            ($0.mode, $0.swprof) = (mode, OwnAttributes.comments(of: profile))
        }
        for texts in tables.texts.chunks(of: chunk) { try lines.add("string_table") { $0.strings = texts } }
        for frames in tables.frames.chunks(of: chunk) { try lines.add("frame_table") { $0.frames = frames } }
        for entries in tables.entries.chunks(of: chunk) {
            try lines.add("agg") {
                ($0.kind, $0.scope, $0.total, $0.entries) = ("frame", "final", figures.total / figures.unit, entries)
            }
        }
        try lines.add("end") { $0.total = figures.total / figures.unit }
        return lines.bytes
    }
}

/// One line; what is absent is left out.
private struct TachyonRecord: Encodable {
    var type: String
    var version = 0
    var run: String
    var interval: Interval?
    var mode: String?
    var swprof: [String]?
    var strings: [TachyonTables.Text]?
    var frames: [TachyonTables.Frame]?
    var kind: String?
    var scope: String?
    var total: Int64?
    var entries: [TachyonTables.Entry]?

    enum CodingKeys: String, CodingKey {
        case type, mode, swprof, strings, frames, kind, scope, entries
        case version = "v"
        case run = "run_id"
        case interval = "sample_interval_usec"
        case total = "samples_total"
    }

    /// In microseconds, a whole number wherever it is one.
    enum Interval: Encodable {
        case whole(Int64)
        case part(Double)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .whole(let number): try container.encode(number)
            case .part(let number): try container.encode(number)
            }
        }
    }
}

/// The file's text.
private struct TachyonLines {
    private(set) var bytes: [UInt8] = []
    private let run: String

    /// - Parameter texts: what tells this run from others, so that equal profiles give equal files.
    init(run texts: [String]) {
        // FNV-1a, 64 bits (Fowler, Noll, Vo).
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in texts.joined(separator: "\n").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        run = String(hash, radix: 16)
    }

    mutating func add(_ type: String, _ fill: (inout TachyonRecord) -> Void) throws(FormatError) {
        var record = TachyonRecord(type: type, run: run)
        fill(&record)
        bytes += try JSONText.encode(record)
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
