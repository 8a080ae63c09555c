import Capture
import ProfileModel

/// What a log says of its process, where the program's children are followed.
extension CapturedRun {
    /// Whether other processes of the program may have written logs, too.
    var followsChildren: Bool { facts["children"] != nil }

    func process(_ profile: Profile) -> ProcessLife? {
        guard followsChildren, let id = facts["process"].flatMap({ Int64($0) }) else { return nil }
        return ProcessLife(
            id: id, parent: facts["parent"].flatMap { Int64($0) }, name: ProcessName.of(facts, id: id), start: start,
            seconds: profile.seconds, account: profile.account)
    }
}

/// What a process is called.
enum ProcessName {
    /// The name that multiprocessing gave it, or that of the program that it began with; a fork that has neither is
    /// called by its number.
    static func of(_ facts: [String: String], id: Int64) -> String {
        if let name = facts["name"], !name.isEmpty { return name }
        let words = facts["words"]?.split(separator: "\u{1f}", omittingEmptySubsequences: false).map(String.init) ?? []
        return program(words) ?? "pid \(id)"
    }

    /// Of the words that an interpreter was started with: the script's name, `-m MODULE` or `-c`.
    ///
    /// What multiprocessing starts with `-c` is called by the module whose function it calls.
    private static func program(_ words: [String]) -> String? {
        var at = 1
        while at < words.count {
            let word = words[at]
            let next = at + 1 < words.count ? words[at + 1] : ""
            if word == "-m" { return "-m \(next)" }
            if word == "-c" { return serving(next) ?? "-c" }
            if !word.hasPrefix("-") || word == "-" { return file(word) }
            at += takingValue.contains(word) ? 2 : 1
        }
        return nil
    }

    private static let takingValue: Set<String> = ["-W", "-X", "--check-hash-based-pycs"]

    /// `resource_tracker`, of `from multiprocessing.resource_tracker import main;main(4)`
    private static func serving(_ code: String) -> String? {
        guard let begin = code.firstRange(of: "from multiprocessing.") else { return nil }
        return code[begin.upperBound...].split(separator: " ").first.map(String.init)
    }

    private static func file(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
