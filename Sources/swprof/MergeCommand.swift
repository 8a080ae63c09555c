import ArgumentParser
import ProfileFormats
import ProfileModel

/// `swprof merge`: several profiles as one.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Put profiles together, each with its own ticks.")

    @Argument(help: "The profiles to read: of one design, one clock and one schedule.")
    var files: [String]

    @OptionGroup var reading: ReadingOptions

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The file to write.", valueName: "out"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "The format to write, if not told by the ending: \(FormatName.listed(ProfileFormat.writable)).",
            valueName: "format"))
    var to: FormatName?

    func run() throws {
        guard files.count > 1 else { throw Ending.usage("there is one profile to merge; name two or more") }
        guard let format = to ?? ProfileFormat.forPath(output) else {
            throw Ending.usage(
                "the ending of '\(output)' tells no format; name one with --to: \(FormatName.listed(ProfileFormat.writable))"
            )
        }
        try Output.checkWritable(output)
        let profiles = try files.map { (name: $0, profile: try reading.read($0)) }
        let (bytes, losses) = try ProfileFormat.convert(merged(profiles), to: format)
        try Output.write(bytes, toPath: output)
        guard !losses.isEmpty else { return }
        Output.printError("swprof: \(format.rawValue) files do not hold: \(losses.joined(separator: "; "))".legible())
    }

    private func merged(_ profiles: [(name: String, profile: Profile)]) throws -> Profile {
        do { return try Profile.merging(runs: profiles) } catch { throw Ending.usage(error.problem) }
    }
}
