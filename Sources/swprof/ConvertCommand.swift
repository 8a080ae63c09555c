import ArgumentParser
import ProfileFormats

extension FormatName: ExpressibleByArgument {
    /// Such as `pprof, collapsed`.
    static func listed(_ names: [FormatName]) -> String { names.map(\.rawValue).joined(separator: ", ") }
}

/// `swprof convert`: a profile in another format.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "convert", abstract: "Turn a profile into another format.")

    @Argument(help: "The profile to read.")
    var input: String

    @Argument(help: "The file to write.")
    var output: String

    @Option(help: ArgumentHelp("The format to read, if not told by the content: \(FormatName.listed(FormatName.allCases)).", valueName: "format"))
    var from: FormatName?

    @Option(help: ArgumentHelp("The format to write, if not told by the ending: \(FormatName.listed(ProfileFormat.writable)).", valueName: "format"))
    var to: FormatName?

    func run() throws {
        guard let format = to ?? ProfileFormat.forPath(output) else {
            throw Ending.usage("the ending of '\(output)' tells no format; name one with --to: \(FormatName.listed(ProfileFormat.writable))")
        }
        try Output.checkWritable(output)
        let profile = try ProfileFormat.read(FileBytes.read(input), as: from, path: input)
        try FileBytes.write(ProfileFormat.write(profile, as: format), to: output)
    }
}
