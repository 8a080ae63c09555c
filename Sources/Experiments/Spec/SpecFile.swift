import Foundation
import Running

/// A spec's file, and where it keeps its results.
public struct SpecFile: Sendable {
    public let path: String
    public let text: String
    /// Where the spec's own paths begin.
    let folder: URL

    /// - Parameter path: of the spec, or of the folder that it is in.
    public init(_ path: String) throws(RunningError) {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        self.path = exists && isFolder.boolValue ? (path.hasSuffix("/") ? path : path + "/") + "spec.toml" : path
        guard let data = FileManager.default.contents(atPath: self.path) else {
            throw .usage("cannot read the spec '\(self.path)'; give the path of a spec.toml")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw .usage("the spec '\(self.path)' is not UTF-8; write it so")
        }
        self.text = text
        folder = URL(filePath: self.path).absoluteURL.standardizedFileURL.deletingLastPathComponent()
    }

    public func spec(quick: Bool) throws(RunningError) -> Spec { try Spec(text, path: path, quick: quick) }

    /// Where results are kept unless told.
    public var results: String { beside("results.sqlite") }

    public func beside(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

    /// Puts the line of a key before what is wrong with its value.
    func placed<Value>(_ keys: [String], _ work: () async throws(RunningError) -> Value) async throws(RunningError)
        -> Value
    {
        do { return try await work() } catch .usage(let line) {
            throw try SpecDocument(text, path: path).error(keys, line)
        }
    }

    /// What no interpreter of a spec can do.
    func check(_ spec: Spec, _ interpreters: [PlannedInterpreter]) throws(RunningError) {
        for design in spec.designs {
            let oldest = design.oldestPython
            let old = interpreters.first {
                SupportedPython(version: $0.facts.python).map { $0.minor < oldest.minor } ?? false
            }
            guard let old else { continue }
            let why =
                "'\(old.command)' is Python \(old.facts.python), and \(design.rawValue) needs \(oldest.text) or later"
            throw try SpecDocument(text, path: path).error(["designs"], why + "; leave out the one or the other")
        }
    }
}
