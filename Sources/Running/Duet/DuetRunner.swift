import Glibc

/// Runs a program's passes under a duet, in an interpreter of its own.
public struct DuetRunner: Sendable {
    private let program: PassesProgram
    private let interpreter: Interpreter
    private let package: String

    /// Throws where swprof is not whole.
    public init(_ program: PassesProgram, interpreter: Interpreter) throws(RunningError) {
        (self.program, self.interpreter) = (program, interpreter)
        package = try Installation.packageFolder()
    }

    /// What was measured, as JSON; the program's standard output is thrown away. Throws where the program has no passes, or
    /// ends before they are measured.
    public func passes(_ settings: DuetSettings) async throws(RunningError) -> [UInt8] {
        let folder = try PrivateFolder()
        let launch = String(decoding: PackageResources.duet_launch_py, as: UTF8.self)
        let own = ["-c", launch, package, folder.path] + settings.words
        let words = own + [program.kind, program.name, program.function]
        let raw = words.map { Array($0.utf8) } + program.arguments
        let process = ProcessRun(interpreter: interpreter, program: Program(.code(launch), rawWords: raw))
        let outcome = try await process.run(.hashed)
        try SignalForwarding.checkInterrupted()
        if let refusal = folder.text(of: "refusal") { throw .failed(refusal) }
        guard outcome.status == 0, let passes = try? FileReading.bytes(of: folder.path + "/passes.json") else {
            throw .failed(
                "the program \(outcome.ending) before its passes were measured; see that it runs by itself"
            )
        }
        return passes
    }
}
