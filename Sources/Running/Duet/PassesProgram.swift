import Glibc

/// A program that has passes, and the function that is one: `FILE.py:FUNCTION`, `-m MODULE:FUNCTION`, or without a
/// name `run_pass`.
public struct PassesProgram: Sendable, Equatable {
    let program: Program
    /// What is loaded: a script's path, a module's name, or code.
    let name: String
    /// Empty where none is named.
    let function: String

    /// Throws where there is no such script.
    public init(_ program: Program) throws(RunningError) {
        self.program = program
        switch program.source {
        case .script(let path):
            // A file may have a colon in its name.
            (name, function) = access(path, F_OK) == 0 ? (path, "") : Self.parted(path)
            try Program(.script(name)).check()
        case .module(let module): (name, function) = Self.parted(module)
        case .code(let code): (name, function) = (code, "")
        }
    }

    var kind: String {
        switch program.source {
        case .script: "script"
        case .module: "module"
        case .code: "code"
        }
    }

    /// The program's own arguments as they were typed.
    var arguments: [[UInt8]] {
        program.rawWords.map { Array($0.suffix(program.arguments.count)) } ?? program.arguments.map { Array($0.utf8) }
    }

    private static func parted(_ text: String) -> (name: String, function: String) {
        guard let colon = text.lastIndex(of: ":") else { return (text, "") }
        return (String(text[..<colon]), String(text[text.index(after: colon)...]))
    }
}
