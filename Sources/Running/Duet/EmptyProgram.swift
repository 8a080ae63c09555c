import Glibc

/// A script that does nothing: what is measured of it is how long start and end take.
public final class EmptyProgram: Sendable {
    private let folder: PrivateFolder
    private let interpreter: Interpreter

    public init(_ interpreter: Interpreter) throws(RunningError) {
        self.interpreter = interpreter
        folder = try PrivateFolder()
        try folder.write([], to: Self.script)
    }

    private static let script = "empty.py"

    /// Wall seconds of the interpreter alone.
    public func plainSeconds() throws(RunningError) -> Double {
        try seconds(of: interpreter.path, words: [folder.path + "/" + Self.script])
    }

    /// Wall seconds of `swprof run` with its report, which goes nowhere.
    public func profiledSeconds(_ design: Design, rate: Double) throws(RunningError) -> Double {
        let options = ["run", "-d", design.rawValue, "-r", String(rate), "--python", interpreter.path]
        return try seconds(of: "/proc/self/exe", words: options + [folder.path + "/" + Self.script])
    }

    private func seconds(of path: String, words: [String]) throws(RunningError) -> Double {
        var setting = StartedProcess.Setting()
        setting.streams = [.nothing, .nothing, .nothing]
        let begin = ContinuousClock.now
        let status: WaitStatus
        do throws(StartedProcess.Failure) {
            let environment = EnvironmentBlock.own(changedBy: [:])
            let texts = words.map { Array($0.utf8) + [0] }
            status = try StartedProcess(path, words: texts, environment: environment, setting).end().status
        } catch {
            throw .failed(
                "cannot run \(path): \(String(cString: strerror(error.number))); give the path of a CPython with --python"
            )
        }
        guard status == .exited(0) else {
            throw .failed(
                "a script that does nothing does not run; try: swprof run --python \(interpreter.path) -c pass")
        }
        return (ContinuousClock.now - begin).inSeconds
    }
}
