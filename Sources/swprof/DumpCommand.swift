import Analysis
import ArgumentParser
import Reports
import Running

/// `swprof dump`: one stack of each thread of a process that runs already.
struct DumpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump",
        abstract: "Show what each thread of a running Python process is doing, without stopping it.")

    @Argument(help: "The number of the process.")
    var pid: String

    @Flag(help: "Print the stacks as JSON.")
    var json = false

    func run() throws {
        let target = try TargetProcess(pid)
        let profile = try Attaching(target).dump()
        let dump = ProcessDump(
            profile, process: Int(target.id), program: target.words, name: { target.name(ofThread: $0) })
        Output.printStandard(try json ? JSONReport.encode(dump) : TerminalReport.dump(dump))
    }
}
