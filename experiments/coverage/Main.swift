import ArgumentParser

/// Measures whether swprof's intervals cover the truth as often as they say.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swprof-coverage",
        abstract: "Measures whether swprof's intervals cover the truth. Run it from the repository's root.",
        discussion: "Every measurement is stored as soon as it is made; a later run goes on where this one ended.",
        subcommands: [MeasureCommand.self, ReportCommand.self],
        defaultSubcommand: MeasureCommand.self)
}
