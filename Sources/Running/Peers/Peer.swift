import ProfileFormats
import ProfileModel

/// Another tool that profiles Python programs: how it is started, and what its file leaves unsaid.
protocol Peer: Sendable {
    var kind: Kind { get }
    /// The Python package that it comes in; `nil` where it is a part of Python.
    var package: String? { get }
    /// The program to start, where that is not the interpreter itself.
    var tool: String? { get }
    /// What it writes.
    var format: FormatName { get }
    /// The first Python that has it or that it works with, as its minor version.
    var oldestPython: Int { get }

    /// Its words before those of the program, and these. Throws where it cannot run such a program.
    func words(_ launch: PeerLaunch) throws(PeerFailure) -> [[UInt8]]

    /// Adds to a run's profile what is known of how it was taken.
    func complete(_ profile: inout Profile, _ launch: PeerLaunch)
}

extension Peer {
    var tool: String? { nil }
    var oldestPython: Int { 11 }
    func complete(_: inout Profile, _: PeerLaunch) {}
}

/// Why a peer gave no profile, as the end of a sentence.
struct PeerFailure: Error {
    var reason: String
}

/// One run of a program that a peer is to profile.
struct PeerLaunch {
    var program: Program
    var interpreter: Interpreter
    /// Where the peer is to write its profile.
    var output: String
    var rate: Double
    var clock: Clock

    enum ProgramKind: String {
        case script = "scripts", module = "modules", code = "code (-c)"
    }

    /// Between samples.
    var interval: Double { 1 / rate }

    /// Words that are text, as the system takes them.
    static func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

    /// The peer's own words, then the program's as the interpreter takes them.
    ///
    /// - Parameter kinds: of the programs that the peer can run in this way.
    func words(_ own: [String], kinds: [ProgramKind]) throws(PeerFailure) -> [[UInt8]] {
        try check(kinds)
        return Self.bytes(own) + programWords
    }

    func check(_ kinds: [ProgramKind]) throws(PeerFailure) {
        guard !kinds.contains(kind) else { return }
        throw PeerFailure(reason: "it profiles \(kinds.map(\.rawValue).joined(separator: " and ")) alone")
    }

    /// The interpreter, then the program: for a peer that starts any command.
    var command: [[UInt8]] { [Array(interpreter.path.utf8)] + programWords }

    /// Without the zeros that end them.
    var programWords: [[UInt8]] { program.interpreterArguments.map { $0.dropLast() } }

    private var kind: ProgramKind {
        switch program.source {
        case .script: .script
        case .module: .module
        case .code: .code
        }
    }
}
