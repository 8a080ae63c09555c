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
    /// Begins on the first thread: where no others can be had, whatever is asynchronous waits for ever or crashes.
    @MainActor
    static func main() async {
        _ = Inheritance.own
        if let error = StartingRoom.error() { Ending.end(with: error) }
        await run()
    }

    nonisolated private static func run() async {
        Interpreter.readEnvironment()
        do {
            let words = ProgramArguments.all
            try ProgramArguments.checkCommand(words)
            try ProgramArguments.checkOptions(words)
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
}
