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
            RunCommand.self, CompareCommand.self, OverheadCommand.self, GateCommand.self, ReportCommand.self,
            ConvertCommand.self,
            PlanCommand.self, CalibrateCommand.self,
            ExperimentCommand.self, DoctorCommand.self,
        ])
}

@main
enum Main {
    static func main() async {
        _ = Inheritance.own
        Interpreter.readEnvironment()
        do {
            var command = try Swprof.parseAsRoot(ProgramArguments.separated(Array(CommandLine.arguments.dropFirst())))
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
