import Capture
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
    /// Firefox's profiler: its own files, those of samply and of CPython's sampler.
    case gecko
    /// Valgrind's, which KCachegrind shows: pyprof2calltree, Xdebug.
    case callgrind
    /// Chrome's and Node's CPU profiles.
    case cpuprofile
    /// What `perf script` prints.
    case perf
    /// Lines of JSON: CPython's sampler.
    case jsonl
    /// austin's binary files.
    case mojo
    /// OpenTelemetry's profiles, an alpha: its collector, the eBPF profiler.
    case otlp
    /// What a design writes while a program runs; read only.
    case log
}

/// Makes a profile of a file's plain bytes.
protocol ProfileReader: SendableMetatype {
    static var format: FormatName { get }
    /// Whether the content looks like this format; cheap, and may err on damaged files.
    static func matches(_ content: FileContent) -> Bool
    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile
}

/// Reads files that may measure several things in every sample.
protocol SeveralTypesReader: ProfileReader {
    /// - Parameter type: the name of what is to be taken; `nil` for what is time.
    static func read(_ bytes: [UInt8], type: String?) throws(FormatError) -> Profile
}

extension SeveralTypesReader {
    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile { try read(bytes, type: nil) }
}

/// Makes a file's bytes of a profile.
protocol ProfileWriter: SendableMetatype {
    static var format: FormatName { get }
    static func write(_ profile: Profile) throws(FormatError) -> [UInt8]
}

/// Reads and writes profiles, finding the format by content and by ending.
public enum ProfileFormat {
    private static let readers: [any ProfileReader.Type] = [
        CaptureLogFormat.self, SpeedscopeReader.self, PyinstrumentReader.self, PyinstrumentSessionReader.self,
        ScaleneReader.self,
        ChromeTraceReader.self, GeckoReader.self, CPUProfileReader.self, TachyonReader.self, MojoReader.self,
        PstatsReader.self,
        LineProfilerReader.self, OtlpReader.self, PprofReader.self, CallgrindReader.self, PerfScriptReader.self,
        CollapsedReader.self,
    ]
    private static let writers: [any ProfileWriter.Type] = [
        PprofWriter.self, CollapsedWriter.self, SpeedscopeWriter.self, PstatsWriter.self, ChromeTraceWriter.self,
        GeckoWriter.self, CallgrindWriter.self, OtlpWriter.self, TachyonWriter.self,
    ]

    private static let endings: [(ending: String, format: FormatName)] = [
        (".pb.gz", .pprof), (".pb", .pprof), (".pprof", .pprof), (".prof", .pprof),
        (".txt", .collapsed), (".collapsed", .collapsed), (".folded", .collapsed),
        (".raw", .collapsed), (".austin", .collapsed),
        (".pstats", .pstats), (".lprof", .lprof), (".pyisession", .pyisession),
        (".callgrind", .callgrind), (".cpuprofile", .cpuprofile), (".mojo", .mojo), (".jsonl", .jsonl),
        (".perf", .perf), (".otlp", .otlp),
        (".gecko.json", .gecko), (".chrome.json", .chrome), (".trace.json", .chrome), (".speedscope.json", .speedscope),
        (".json", .speedscope),
    ]

    /// The profile in a file's bytes, packed by gzip or zstd or not.
    ///
    /// - Parameters:
    ///   - name: the format; where it is `nil` the content decides.
    ///   - type: which of several things that a file measures is wanted; where it is `nil`, what is time.
    ///   - path: the file that the bytes came from, for its ending and for error messages.
    public static func read(
        _ bytes: [UInt8], as name: FormatName? = nil, type: String? = nil, path: String
    ) throws(FormatError) -> Profile {
        do throws(FormatError) {
            let content = try FileContent(plain(bytes))
            let reader = try reader(of: content, as: name, path: path)
            if name != nil, let other = readers.first(where: { $0.matches(content) }), !reader.matches(content),
                reader.format != other.format
            {
                throw FormatError(
                    "its content is that of \(other.format.rawValue), and not of \(reader.format.rawValue)",
                    remedy: "leave out --from, or name the other")
            }
            if reader == CaptureLogFormat.self, type == nil {
                return ChildLogs.adding(to: try reader.read(content.bytes), in: ChildLog.folder(of: path))
            }
            guard let type else { return try reader.read(content.bytes).forgettingUnseenName() }
            guard let reader = reader as? any SeveralTypesReader.Type else {
                throw FormatError("\(reader.format.rawValue) files have one kind of value", remedy: "leave out --type")
            }
            return try reader.read(content.bytes, type: type).forgettingUnseenName()
        } catch {
            throw error.reading(path)
        }
    }

    /// The profile in the file at `path`; of a large one by lines, no more than it says.
    public static func read(
        path: String, as name: FormatName? = nil, type: String? = nil
    ) throws(FormatError) -> Profile {
        guard FileBytes.isRegularFile(path), FileBytes.size(of: path) >= leastByLines,
            try isPlainCollapsed(TextFile(path).next(after: 0), as: name, path: path)
        else { return try read(FileBytes.read(path), as: name, type: type, path: path) }
        do throws(FormatError) {
            return try CollapsedReader.read(file: path, type: type).forgettingUnseenName()
        } catch {
            throw error.reading(path)
        }
    }

    /// Smaller files are held.
    private static let leastByLines = 1 << 24

    /// Whether a file that begins so is of stacks by lines, neither packed nor in another encoding.
    private static func isPlainCollapsed(_ head: [UInt8], as name: FormatName?, path: String) -> Bool {
        guard !Packing.isPacked(head), TextDecoding.plain(head).count == head.count else { return false }
        guard let reader = try? reader(of: FileContent(head), as: name, path: path) else { return false }
        return reader == CollapsedReader.self
    }

    /// Whether the file at `path` is a profile by its content, and so no program.
    ///
    /// Lines that end in numbers may stand in a script, too: of them all have to be stacks.
    public static func isProfile(_ path: String) -> Bool {
        guard FileBytes.isRegularFile(path), let bytes = try? FileBytes.read(path) else { return false }
        guard let plain = try? plain(bytes) else { return Packing.isPacked(bytes) }
        let content = FileContent(plain)
        guard let reader = readers.first(where: { $0.matches(content) }) else { return false }
        return reader.format != .collapsed || CollapsedReader.isWhole(content)
    }

    private static func plain(_ bytes: [UInt8]) throws(FormatError) -> [UInt8] {
        TextDecoding.plain(try Packing.unpacked(bytes))
    }

    /// The profile as a file's bytes; pprof comes gzipped.
    public static func write(_ profile: Profile, as name: FormatName) throws(FormatError) -> [UInt8] {
        guard let writer = writers.first(where: { $0.format == name }) else {
            throw FormatError(
                "\(name.rawValue) files are read, but not written",
                remedy: "write one of: \(writable.map(\.rawValue).joined(separator: ", "))")
        }
        return try writer.write(name == .pprof || name == .otlp ? profile : profile.namingUnseenStacks())
    }

    /// The profile as a file's bytes, and what of it the file does not hold, each in a few words.
    ///
    /// The file is read again, so that nothing is promised: what swprof itself would refuse is not written.
    public static func convert(_ profile: Profile, to name: FormatName) throws(FormatError) -> (
        bytes: [UInt8], losses: [String]
    ) {
        let bytes = try write(profile, as: name)
        let again: Profile
        do throws(FormatError) { again = try read(bytes, as: name, path: "what was written") } catch {
            throw FormatError(
                "\(name.rawValue) files cannot hold this profile: \(error.problem)", remedy: "write it as pprof")
        }
        let losses = ConversionLosses(from: profile.namingUnseenStacks(), to: again.namingUnseenStacks())
        return (bytes, losses.all)
    }

    /// The formats that can be read.
    public static var readable: [FormatName] { readers.map { $0.format } }

    /// The formats that can be written.
    public static var writable: [FormatName] { writers.map { $0.format } }

    /// The format that the ending of `path` stands for, if any.
    public static func forPath(_ path: String) -> FormatName? {
        let path = path.lowercased()
        return endings.first { path.hasSuffix($0.ending) }?.format
    }

    private static func reader(
        of content: FileContent, as name: FormatName?, path: String
    ) throws(FormatError) -> any ProfileReader.Type {
        guard !content.bytes.isEmpty else {
            throw FormatError("the file is empty", remedy: "give the path of a profile")
        }
        if let name { return try reader(named: name) }
        if let refusal = ForeignContent.refusal(content) { throw refusal }
        if let reader = readers.first(where: { $0.matches(content) }) { return reader }
        // A text that is none by its first line, but is said to be, is told which line is wrong.
        guard forPath(path) == .collapsed, content.isText, !content.isJSON else {
            throw ForeignContent.guess(content) ?? unknown
        }
        return CollapsedReader.self
    }

    private static func reader(named name: FormatName) throws(FormatError) -> any ProfileReader.Type {
        guard let reader = readers.first(where: { $0.format == name }) else {
            throw FormatError(
                "\(name.rawValue) files are written, but not read", remedy: "give a profile in another format")
        }
        return reader
    }

    private static var unknown: FormatError {
        let names = FormatName.allCases.map(\.rawValue).joined(separator: ", ")
        return FormatError(
            "not a profile in a known format (\(names))",
            remedy: "give the path of a profile, and its format with --from where its content does not tell")
    }
}
