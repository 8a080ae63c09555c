import FoundationEssentials
import Glibc
import ProfileFormats
import ProfileModel
import Running

/// The calibrations of one interpreter on one machine by one installation of swprof, kept in `$XDG_CACHE_HOME/swprof`, else `~/.cache/swprof`.
public struct CalibrationStore: Sendable {
    /// A design's costs by one clock.
    struct Entry: Codable, Equatable {
        var design: String
        var clock: Clock
        var costs: ProbeCosts
    }

    struct Content: Codable, Equatable {
        var schema = Self.schema
        var facts: CalibrationFacts
        var entries: [Entry]

        static let schema = "swprof.calibration/1"
    }

    /// No calibration is larger.
    private static let largest = 1 << 20

    private let facts: CalibrationFacts
    /// `nil` where there is no place for it.
    public let path: String?

    public init(_ facts: CalibrationFacts) { self.init(facts, folder: Self.folder) }

    init(_ facts: CalibrationFacts, folder: String?) {
        self.facts = facts
        var hash = OutputHash()
        for word in [facts.interpreter.path, facts.extension.path, facts.processor] {
            Array(word.utf8).withUnsafeBytes { hash.add($0) }
        }
        path = folder.map { "\($0)/calibration-\(String(hash.value, radix: 16)).json" }
    }

    /// What is stored; `nil` where there is nothing, or it was measured of something else. A file that is no
    /// calibration counts as none.
    public func costs(of design: Design, clock: Clock) -> ProbeCosts? {
        content()?.entries.first { $0.design == design.rawValue && $0.clock == clock }?.costs
    }

    /// Whether there is a file that is no calibration of ours.
    public var isDamaged: Bool {
        guard let path, access(path, F_OK) == 0 else { return false }
        return decoded() == nil
    }

    /// Keeps costs beside those of other designs; throws where they cannot be kept.
    public func keep(_ costs: [Design: ProbeCosts], clock: Clock) throws(RunningError) {
        let others = (content()?.entries ?? []).filter { entry in
            entry.clock != clock || !costs.keys.contains { $0.rawValue == entry.design }
        }
        let new = costs.map { Entry(design: $0.key.rawValue, clock: clock, costs: $0.value) }
        let entries = (others + new).sorted { ($0.design, $0.clock.rawValue) < ($1.design, $1.clock.rawValue) }
        try write(Content(facts: facts, entries: entries))
    }

    private func content() -> Content? { decoded().flatMap { $0.facts == facts ? $0 : nil } }

    private func decoded() -> Content? {
        var status = stat()
        // A pipe would have us wait, and a device never end.
        guard let path, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.largest,
            let bytes = try? FileReading.bytes(of: path),
            let content = try? JSONDecoder().decode(Content.self, from: Data(bytes)),
            content.schema == Content.schema, content.entries.allSatisfy(\.costs.isSound)
        else { return nil }
        return content
    }

    private func write(_ content: Content) throws(RunningError) {
        guard let path else { throw .failed("there is no folder to keep a calibration in; set XDG_CACHE_HOME to one") }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            Self.makeFolders(of: path)
            try FileBytes.write(Array(encoder.encode(content)), to: path)
        } catch {
            throw .failed("cannot keep the calibration in \(path); set XDG_CACHE_HOME to a folder that can be written")
        }
    }

    private static var folder: String? {
        func value(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        // A relative path is none: XDG Base Directory Specification.
        return (value("XDG_CACHE_HOME") ?? value("HOME").map { $0 + "/.cache" }).map { $0 + "/swprof" }
    }

    private static func makeFolders(of path: String) {
        let parts = path.split(separator: "/").dropLast()
        for count in 1...max(1, parts.count) { mkdir("/" + parts.prefix(count).joined(separator: "/"), 0o700) }
    }
}
