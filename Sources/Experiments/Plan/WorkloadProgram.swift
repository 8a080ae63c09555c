import Foundation
import Running

/// A workload of a spec: the script that is run, and the content that its cells are known by.
struct WorkloadProgram: Sendable {
    /// As the spec has it.
    var name: String
    var script: String
    /// Before the size's own.
    var arguments: [String] = []
    /// Of all that is run but the interpreter and its packages.
    var hash: String
}

extension WorkloadProgram {
    private static let pyperformance = "pyperformance:"

    static func isOfPyperformance(_ name: String) -> Bool { name.hasPrefix(pyperformance) }

    /// - Parameter folder: of the spec: names are looked up beside it.
    /// - Throws: a line without its place where there is no such program.
    init(_ name: String, folder: URL, interpreter: PlannedInterpreter) throws(RunningError) {
        self.name = name
        if Self.isOfPyperformance(name) {
            (script, arguments) = try Self.pyperformance(String(name.dropFirst(Self.pyperformance.count)), interpreter)
        } else {
            script = try Self.script(name, folder)
        }
        guard let hash = Self.hash(of: script) else { throw .usage("cannot read '\(script)'; make it readable") }
        self.hash = hash
    }

    /// A name is of `experiments/workloads`, which is beside the spec's folder; all else is a path from that folder.
    static func script(_ name: String, _ folder: URL) throws(RunningError) -> String {
        let path = name.hasSuffix(".py") ? name : "../workloads/\(name).py"
        let script = URL(filePath: path, relativeTo: folder).standardizedFileURL.path(percentEncoded: false)
        guard FileManager.default.isReadableFile(atPath: script) else {
            throw .usage(
                "there is no program '\(name)': \(script) cannot be read; name a workload or a script that is there")
        }
        return script
    }

    private static func pyperformance(_ name: String, _ interpreter: PlannedInterpreter) throws(RunningError) -> (
        String, [String]
    ) {
        guard let package = interpreter.facts.packages[PlannedInterpreter.pyperformance]?.folder else {
            throw .usage(
                "'\(interpreter.command)' has no package pyperformance; install it there (in this repository: make .venv/ready)"
            )
        }
        let program = PyPerformanceProgram(name, package: package)
        guard FileManager.default.isReadableFile(atPath: program.script) else {
            throw .usage(
                "pyperformance has no program '\(name)'; `pyperformance list` in '\(interpreter.command)' names them")
        }
        return (program.script, program.arguments)
    }

    /// The hash of a script and of the modules beside it that it imports, and those in turn; `nil` where it cannot be read.
    static func hash(of script: String) -> String? {
        guard let text = text(script) else { return nil }
        let folder = URL(filePath: script).deletingLastPathComponent()
        var seen: Set<String> = []
        var pending = [text]
        var parts = [text]
        while let next = pending.popLast() {
            for name in imports(of: next).sorted() where seen.insert(name).inserted {
                guard let module = self.text(folder.appending(path: "\(name).py").path(percentEncoded: false)) else {
                    continue
                }
                parts += [name, module]
                pending.append(module)
            }
        }
        return ContentHash(parts).text
    }

    /// Bytes that are no text are replaced, alike each time.
    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func imports(of text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "," }
            return words.count > 1 && (words[0] == "import" || words[0] == "from") ? String(words[1]) : nil
        }
    }
}
