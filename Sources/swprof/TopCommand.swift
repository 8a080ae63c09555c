import ArgumentParser
import Measuring
import Running

/// `swprof top`: a process that runs already, watched.
struct TopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top",
        abstract: "Watch where a running Python process spends its time, until q or Ctrl-C; then show the report.")

    @Argument(help: "The number of the process.")
    var pid: String

    @OptionGroup var attaching: AttachingOptions

    @OptionGroup var view: ViewOptions

    func run() throws {
        guard LiveTerminal.isThere else {
            throw Ending.usage(
                "top needs a terminal behind standard error that TERM does not call dumb; swprof attach needs none")
        }
        var command = AttachCommand()
        (command.pid, command.attaching, command.view) = (pid, attaching, view)
        (command.live, command.inject, command.json) = (true, false, false)
        (command.output, command.html) = (nil, nil)
        try command.run(isLive: true)
    }
}
