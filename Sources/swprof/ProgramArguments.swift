import Glibc
import ProfileFormats
import Running

/// Files that Python runs, by their names.
enum PythonSource {
    private static let endings = [".py", ".pyw", ".pyc", ".pyz", ".pyzw"]

    static func hasEnding(_ path: String) -> Bool { endings.contains(where: path.lowercased().hasSuffix) }
}

/// Tells swprof's own words on the command line from the profiled program's, which begin with the
/// script, `-m` or `-c` and are not ours to read.
enum ProgramArguments {
    private static let takingProgram: Set<String> = ["run", "compare", "overhead", "gate", "record"]
    private static let takingValue: Set<String> = [
        "-d", "--design", "--designs", "-r", "--rate", "--schedule", "--clock", "--python", "-o", "--output", "--seed",
        "--runs", "--until",
        "--html", "--top", "--by", "--trace", "--slow", "--peers", "--from", "--type", "--seconds", "--pairs",
        "--passes", "--own", "--sort", "--within", "--baseline", "--before", "--budget", "--slowdown", "--function",
        "--markdown", "--junit", "--map", "--time", "--tasks",
    ]

    private static let commands = Swprof.configuration.subcommands.compactMap { $0.configuration.commandName }

    /// The command that swprof was started with.
    static func command() -> String? {
        CommandLine.arguments.dropFirst().first.flatMap { commands.contains($0) ? $0 : nil }
    }

    /// Throws where the first word is no command of swprof; a program's is `run`'s to profile.
    static func checkCommand(_ words: [String]) throws {
        guard let first = words.first, first != "help", !commands.contains(first) else { return }
        if ["-m", "-c"].contains(first) || PythonSource.hasEnding(first) || access(first, R_OK) == 0 {
            throw Ending.usage("'\(first)' is no command; to profile it: swprof run \(words.joined(separator: " "))")
        }
        guard !first.hasPrefix("-") else { return }
        let meant = nearest(first, among: commands).map { "did you mean \($0)?" }
        throw Ending.usage(
            "'\(first)' is no command; \(meant ?? "give one of: \(commands.joined(separator: ", "))")")
    }

    /// Options of Python's, and the variable that says the same; none where nothing does.
    private static let interpreterOptions = [
        "-O": "PYTHONOPTIMIZE=1", "-OO": "PYTHONOPTIMIZE=2", "-W": "PYTHONWARNINGS", "-u": "PYTHONUNBUFFERED=1",
        "-B": "PYTHONDONTWRITEBYTECODE=1", "-P": "PYTHONSAFEPATH=1", "-v": "PYTHONVERBOSE=1",
        "-Xdev": "PYTHONDEVMODE=1",
        "-Xfaulthandler": "PYTHONFAULTHANDLER=1", "-Ximporttime": "PYTHONPROFILEIMPORTTIME=1",
        "-Xtracemalloc": "PYTHONTRACEMALLOC=1", "-Xutf8": "PYTHONUTF8=1",
    ]

    /// Throws where an option of the interpreter's stands before the program: swprof starts it, and has other options.
    static func checkOptions(_ words: [String]) throws {
        guard let command = words.first, takingProgram.contains(command) else { return }
        let own = separated(words).prefix { $0 != "--" }
        guard
            let at = own.firstIndex(where: {
                ["-X", "-W"].contains(String($0.prefix(2))) || interpreterOptions[$0] != nil
            })
        else { return }
        let word = own[at].count == 2 && words.indices.contains(at + 1) ? own[at] + words[at + 1] : own[at]
        let kind = String(own[at].prefix(2))
        let variable = [own[at], word, kind].lazy.compactMap { interpreterOptions[$0] }.first
        throw Ending.usage(
            "'\(own[at])' is an option of Python's, and swprof starts that itself; "
                + (variable.map { "set \($0) in the environment" }
                    ?? "give --python a script that starts Python with it"))
    }

    /// The command that a misspelt one is at most two letters off, counting one that is missing or too many as one.
    private static func nearest(_ word: String, among commands: [String]) -> String? {
        commands.map { (name: $0, letters: word.difference(from: $0).count) }
            .filter { $0.letters <= 2 }.min { $0.letters < $1.letters }?.name
    }

    /// Puts `--` before the program's words.
    static func separated(_ words: [String]) -> [String] {
        guard let command = words.first, takingProgram.contains(command) else { return words }
        var at = 1
        while at < words.count {
            let word = words[at]
            if word == "--" { return words }
            if takingValue.contains(word) {
                at += 2
            } else if word.hasPrefix("-"), word != "-m", word != "-c", word != "-" {
                at += 1
            } else {
                break
            }
        }
        // Profiles have no words of their own: behind them, too, options are ours.
        guard at < words.count, command != "compare" || !ProfileFormat.isProfile(words[at]) else { return words }
        return words[..<at] + ["--"] + words[at...]
    }

    /// The program that the words behind `--` name.
    static func program(_ words: [String]) throws -> Program {
        guard let first = words.first else {
            throw Ending.usage("no program was named; give a script, -m MODULE or -c CODE")
        }
        let takesValue = first == "-m" || first == "-c"
        guard !takesValue || words.count > 1 else {
            throw Ending.usage("\(first) needs \(first == "-m" ? "a module's name" : "code")")
        }
        let arguments = Array(words.dropFirst(takesValue ? 2 : 1))
        let source: Program.Source =
            first == "-m" ? .module(words[1]) : first == "-c" ? .code(words[1]) : .script(first)
        return try Program(source, arguments: arguments, rawWords: raw(last: words.count)).found()
    }

    /// Our own words and the program's, as text.
    static var all: [String] { raw(last: max(0, Int(CommandLine.argc) - 1)).map { String(word: $0) } }

    /// The last words as the system gave them to us, bytes that are no text included.
    private static func raw(last count: Int) -> [[UInt8]] {
        let all = CommandLine.unsafeArgv
        let total = Int(CommandLine.argc)
        return (total - count..<total).compactMap { at in
            all[at].map { pointer in
                Array(UnsafeBufferPointer(start: pointer, count: strlen(pointer)).map { UInt8(bitPattern: $0) })
            }
        }
    }
}
