import Foundation
import ProfileFormats

/// `swprof-fuzz`: changes sound files of every format at random, and reads them.
///
///     swprof-fuzz [--long] [--only FORMAT] [--executions N] [--seconds S] [--seed N]
///
/// A reader gives a profile or a line that says what is wrong, soon, and within bounds. A crash or a hang ends this process; what was read
/// then stands in the file that is named first. A seed gives the same files again.
@main
enum Fuzz {
    static func main() throws {
        var plan = FuzzPlan()
        try plan.read(Array(CommandLine.arguments.dropFirst()))
        let seeds = try FuzzSeeds(folder: URL(fileURLWithPath: "experiments/fuzz/seeds"))
        var findings: [String] = []
        for kind in seeds.kinds where plan.only == nil || plan.only == kind {
            let execution = try FuzzExecution(kind, seeds.files[kind] ?? [], folder: ".build/fuzz")
            say("\(kind): what is being read stands in \(execution.place)")
            findings += execution.run(plan)
        }
        for finding in findings { say(finding) }
        say("\(findings.isEmpty ? "nothing found" : "\(findings.count) found")")
        exit(findings.isEmpty ? 0 : 1)
    }

    /// At once: what was said before a crash is what tells of it.
    static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}

/// How much is tried.
struct FuzzPlan {
    /// Of each kind of file.
    var executions = 20_000
    var seconds = Double.infinity
    var seed: UInt64 = 1
    var only: String?

    mutating func read(_ words: [String]) throws {
        var words = words[...]
        while let word = words.popFirst() {
            switch word {
            case "--long": executions = 1_000_000
            case "--only": only = words.popFirst()
            case "--executions": executions = try Self.number(words.popFirst())
            case "--seconds": seconds = Double(try Self.number(words.popFirst()))
            case "--seed": seed = UInt64(try Self.number(words.popFirst()))
            default: throw FormatError("there is no word '\(word)'", remedy: "see experiments/fuzz/README.md")
            }
        }
    }

    /// All that are read.
    static let formats = Set(ProfileFormat.readable.map(\.rawValue))

    private static func number(_ word: String?) throws -> Int {
        guard let number = word.flatMap({ Int($0) }), number >= 0 else {
            throw FormatError("'\(word ?? "")' is no number", remedy: "see experiments/fuzz/README.md")
        }
        return number
    }
}
