import ProfileModel

/// The formats that profiles are exchanged in.
public enum FormatName: String, CaseIterable, Sendable {
    /// Gzipped protocol buffers: swprof's own files, and those of many other tools.
    case pprof
    /// One line a stack, frames joined by `;`, then a number: py-spy, austin, CPython's sampler, flame graphs.
    case collapsed
    /// speedscope's JSON: py-spy, pyinstrument.
    case speedscope
    /// Of Python's `pstats`: cProfile, yappi.
    case pstats
    /// pyinstrument's own JSON.
    case pyinstrument
    /// pyinstrument's sessions.
    case pyisession
    /// Scalene's JSON.
    case scalene
    /// Chrome's trace events: VizTracer, py-spy.
    case chrome
    /// line_profiler's files.
    case lprof
    /// What a design writes while a program runs; read only.
    case log
}

/// Makes a profile of a file's (unpacked) bytes.
protocol ProfileReader: SendableMetatype {
    static var format: FormatName { get }
    /// Whether the bytes look like this format; cheap, and may err on damaged files.
    static func matches(_ bytes: [UInt8]) -> Bool
    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile
}

/// Makes a file's bytes of a profile.
protocol ProfileWriter: SendableMetatype {
    static var format: FormatName { get }
    static func write(_ profile: Profile) throws(FormatError) -> [UInt8]
}

/// Reads and writes profiles, finding the format by content and by ending.
public enum ProfileFormat {
    private static let readers: [any ProfileReader.Type] = [
        CaptureLogFormat.self, SpeedscopeReader.self, PyinstrumentReader.self, PyinstrumentSessionReader.self, ScaleneReader.self,
        ChromeTraceReader.self, PstatsReader.self, LineProfilerReader.self, PprofReader.self, CollapsedReader.self,
    ]
    private static let writers: [any ProfileWriter.Type] = [
        PprofWriter.self, CollapsedWriter.self, SpeedscopeWriter.self, PstatsWriter.self,
    ]

    private static let endings: [(ending: String, format: FormatName)] = [
        (".pb.gz", .pprof), (".pb", .pprof), (".pprof", .pprof), (".prof", .pprof),
        (".txt", .collapsed), (".collapsed", .collapsed), (".folded", .collapsed),
        (".raw", .collapsed), (".austin", .collapsed),
        (".pstats", .pstats), (".lprof", .lprof), (".pyisession", .pyisession), (".json", .speedscope),
    ]

    /// The profile in a file's bytes, gzipped or not.
    ///
    /// - Parameters:
    ///   - name: the format; where it is `nil` the content decides, then the ending of `path`.
    ///   - path: the file that the bytes came from, for the ending and for error messages.
    public static func read(
        _ bytes: [UInt8], as name: FormatName? = nil, path: String
    ) throws(FormatError) -> Profile {
        do throws(FormatError) {
            let plain = GzipCodec.isGzip(bytes) ? try GzipCodec.decompress(bytes) : bytes
            return try reader(of: plain, as: name, path: path).read(plain)
        } catch {
            throw error.reading(path)
        }
    }

    /// The profile as a file's bytes; pprof comes gzipped.
    public static func write(_ profile: Profile, as name: FormatName) throws(FormatError) -> [UInt8] {
        guard let writer = writers.first(where: { $0.format == name }) else {
            throw FormatError(
                "\(name.rawValue) files are read, but not written", remedy: "write one of: \(writable.map(\.rawValue).joined(separator: ", "))")
        }
        return try writer.write(profile)
    }

    /// The formats that can be written.
    public static var writable: [FormatName] { writers.map { $0.format } }

    /// The format that the ending of `path` stands for, if any.
    public static func forPath(_ path: String) -> FormatName? {
        let path = path.lowercased()
        return endings.first { path.hasSuffix($0.ending) }?.format
    }

    private static func reader(
        of bytes: [UInt8], as name: FormatName?, path: String
    ) throws(FormatError) -> any ProfileReader.Type {
        guard !bytes.isEmpty else {
            throw FormatError("the file is empty", remedy: "give the path of a profile")
        }
        if name == nil, let reader = readers.first(where: { $0.matches(bytes) }) { return reader }
        let name = name ?? forPath(path)
        guard let reader = readers.first(where: { $0.format == name }) else { throw unknown }
        return reader
    }

    private static var unknown: FormatError {
        let names = FormatName.allCases.map(\.rawValue).joined(separator: ", ")
        return FormatError(
            "not a profile in a known format (\(names))",
            remedy: "give the path of a profile, and its format where neither content nor ending tell")
    }
}
