import Measuring
import Running

/// A command that a gate runs: a program as `run` takes it, with or without a Python in front.
struct GatedCommand {
    private let program: Program
    private let interpreter: Interpreter

    /// - Parameters:
    ///   - python: the interpreter where the command names none; else the one that an installed command is started by.
    ///   - isOnCommandLine: whether its words are the last of our own.
    init(_ words: [String], python: String?, isOnCommandLine: Bool) throws {
        let named = words.first.flatMap { Self.isPython($0) ? $0 : nil }
        let rest = Array(words.dropFirst(named == nil ? 0 : 1))
        var program = try ProgramArguments.program(rest)
        if !isOnCommandLine { program.rawWords = nil }
        self.program = program
        // A plain name is the user's own python, as without it.
        let own = named.flatMap { ["python", "python3"].contains($0) ? nil : $0 }
        interpreter = try Interpreter(own ?? python ?? program.interpreter).absolute
    }

    /// `python`, `python3.12`, or the path of one.
    private static func isPython(_ word: String) -> Bool {
        let name = word.split(separator: "/").last ?? ""
        guard name.hasPrefix("python"), !name.hasSuffix(".py"), !word.hasSuffix("/") else { return false }
        return name.dropFirst("python".count).allSatisfy { $0.isNumber || $0 == "." || $0 == "t" }
    }

    /// - Parameter root: the folder of the project; `nil` for that of the program.
    func version(_ name: String, root: String? = nil) -> GateVersion {
        GateVersion(name, program, interpreter, roots: root.map { [$0] } ?? OwnPaths.folders(of: program.source))
    }

    /// As the baseline has it.
    func version(_ name: String, in tree: BaselineTree) throws -> GateVersion {
        GateVersion(
            name, try tree.program(program), interpreter, folder: tree.workingFolder, roots: [tree.path],
            commit: tree.commit)
    }
}
