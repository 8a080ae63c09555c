import Glibc

/// What looks at a process for us.
protocol Looking: AnyObject {
    /// Whether it has ended by itself.
    var hasEnded: Bool { get }
    func awaitEnd() throws(RunningError)
}

/// An interpreter of the build that a process runs, started to read that process's memory. It ends when `awaitEnd` is called,
/// or when swprof itself ends, however it does.
final class Reader: Looking {
    private let target: TargetProcess
    private let files: ReaderFolder.Files
    private let process: StartedProcess
    /// The reader waits until nobody can write here any more.
    private let line: OutputPipe
    private let errors: OutputPipe

    /// - Parameters:
    ///   - work: `look`, which goes on until it is ended, `dump`, or `inject`, which takes back what was not heeded when it
    ///     is ended.
    ///   - identity: what else its log is to tell of the process.
    init(
        _ work: String, of target: TargetProcess, _ settings: ProfilingSettings, in folder: ReaderFolder,
        _ files: ReaderFolder.Files, _ identity: [String: String] = [:]
    ) throws(RunningError) {
        (self.target, self.files) = (target, files)
        do throws(StartedProcess.Failure) {
            line = try OutputPipe()
            errors = try OutputPipe()
            var setting = StartedProcess.Setting()
            setting.streams = [.descriptor(line.reading), .nothing, .descriptor(errors.writing)]
            // What the terminal sends is for swprof alone.
            setting.leadsGroup = true
            process = try StartedProcess(
                target.folder + "/exe",
                words: Self.words(work, folder, settings.pairs.merging(identity) { $1 }, of: target, files),
                environment: target.environment.map { Array("\($0.key)=".utf8) + $0.value + [0] }, setting)
        } catch {
            throw .failed(
                "cannot start '\(target.executable)' to read process \(target.id): \(String(cString: strerror(error.number))); try again"
            )
        }
        errors.closeWriting()
    }

    /// Without what the user or the place adds to an interpreter; of what the environment says only the target's own counts.
    private static func words(
        _ work: String, _ folder: ReaderFolder, _ settings: [String: String], of target: TargetProcess,
        _ files: ReaderFolder.Files
    ) -> [[UInt8]] {
        var pairs = settings
        pairs["design"] = "remote"
        pairs.merge(["log": files.log, "refusal": files.refusal, "process": String(target.id)]) { $1 }
        let versions = [SupportedPython.oldest, SupportedPython.newest].map { String($0.minor) }
        let words = ["-s", "-S", "-B", folder.reader, work] + versions + pairs.map { "\($0.key)=\($0.value)" }.sorted()
        return words.map { Array($0.utf8) + [0] }
    }

    var hasEnded: Bool { process.hasEnded }

    /// Asks it to end and waits until it has; throws where it could not do its work.
    func awaitEnd() throws(RunningError) {
        line.closeWriting()
        var said = OutputRecord(keeping: 1 << 12)
        OutputPipe.read([(errors, { said.add($0) })])
        let end = process.end()
        if let refusal = (try? FileReading.allBytes(of: files.refusal)).map({ String(decoding: $0, as: UTF8.self) }) {
            throw .failed("cannot look into process \(target.id): \(refusal)")
        }
        guard end.status != .exited(0) else { return }
        let last = said.text?.split(separator: "\n").last.map { ": \($0)" } ?? ""
        throw .failed(
            "'\(target.executable)' could not be started to read process \(target.id) (status \(end.status.number))\(last)"
        )
    }
}
