import ArgumentParser
import Glibc
import Running

/// The command line's root.
struct Swprof: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swprof",
        abstract: "Profiles Python programs, and says how sure one may be of every figure.",
        version: "0.1.0",
        subcommands: [
            RunCommand.self, AttachCommand.self, TopCommand.self, DumpCommand.self, CompareCommand.self,
            GateCommand.self,
            OverheadCommand.self, JudgeCommand.self, ReportCommand.self, ConvertCommand.self, MergeCommand.self,
            RecordCommand.self, SimulateCommand.self,
            PlanCommand.self, CalibrateCommand.self,
            ExperimentCommand.self, DoctorCommand.self,
        ])
}

@main
enum Main {
    /// Begins on the first thread: where no other can be had, whatever is asynchronous would wait for ever.
    @MainActor
    static func main() async {
        if let error = threadError() { Ending.end(with: error) }
        await run()
    }

    nonisolated private static func run() async {
        _ = Inheritance.own
        Interpreter.readEnvironment()
        do {
            let words = Array(CommandLine.arguments.dropFirst())
            try ProgramArguments.checkCommand(words)
            var command = try Swprof.parseAsRoot(ProgramArguments.separated(words))
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Ending.end(with: error)
        }
    }

    /// Why no second thread can be had, where that is so.
    private static func threadError() -> RunningError? {
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, { _ in nil }, nil)
        guard code == 0 else {
            return .failed("cannot start a thread: \(String(cString: strerror(code))); raise `ulimit -u`")
        }
        pthread_join(thread, nil)
        return nil
    }
}
