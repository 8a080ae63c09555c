import ArgumentParser
import ProfileFormats
import ProfileModel

extension FormatName: ExpressibleByArgument {
    /// Such as `pprof, collapsed`.
    static func listed(_ names: [FormatName]) -> String { names.map(\.rawValue).joined(separator: ", ") }
}

/// How a profile that exists already is read.
struct ReadingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The format to read, if not told by the content: \(FormatName.listed(ProfileFormat.readable)).",
            valueName: "format"))
    var from: FormatName?

    @Option(
        help: ArgumentHelp(
            "Which of several times that a file measures is wanted, by its name, such as cpu.", valueName: "name"))
    var type: String?

    func read(_ path: String) throws(FormatError) -> Profile {
        try ProfileFormat.read(path: path, as: from, type: type)
    }
}
