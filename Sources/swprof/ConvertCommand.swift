import ArgumentParser
import ProfileFormats
import Reports

/// `swprof convert`: a profile in another format.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Turn a profile into another format.")

    @Argument(help: "The profile to read.")
    var input: String

    @Argument(help: "The file to write.")
    var output: String

    @OptionGroup var reading: ReadingOptions

    @Option(help: ArgumentHelp("The format to write, if not told by the ending.", valueName: "format"))
    var to: WrittenFormat?

    @Flag(help: "Write nothing where the format does not hold all that the profile has.")
    var strict = false

    func run() throws {
        guard let format = to?.name ?? ProfileFormat.forPath(output) else {
            throw Ending.usage(
                "the ending of '\(output)' tells no format; name one with --to: \(FormatName.listed(ProfileFormat.writable))"
            )
        }
        try Output.checkWritable(output)
        let profile = try reading.read(input)
        let (bytes, losses) = try ProfileFormat.convert(profile, to: format)
        let lost = "\(format.rawValue) files do not hold: \(losses.joined(separator: "; "))"
        if strict, !losses.isEmpty { throw Ending.failure("\(lost); write pprof, or leave out --strict") }
        try Output.write(bytes, toPath: output)
        if !losses.isEmpty { Output.printError("swprof: " + lost.legible()) }
    }
}

/// A format that `convert` is asked to write: help lists those that can be, and another is refused with the reason.
struct WrittenFormat: ExpressibleByArgument {
    let name: FormatName

    init?(argument: String) {
        guard let name = FormatName(rawValue: argument) else { return nil }
        self.name = name
    }

    var defaultValueDescription: String { name.rawValue }
    static var allValueStrings: [String] { ProfileFormat.writable.map(\.rawValue) }
    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
