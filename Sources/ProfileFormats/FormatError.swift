/// Why a file cannot be read or written, as one line: what and where, then what to do.
public struct FormatError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, and where in the file.
    public var problem: String
    /// What the reader of the message can do about it.
    public var remedy: String
    /// The file that was being read; `nil` where `problem` names it, or there is none.
    public var path: String?

    public init(_ problem: String, remedy: String, path: String? = nil) {
        self.problem = problem
        self.remedy = remedy
        self.path = path
    }

    public var description: String {
        let place = path.map { "cannot read \($0): " } ?? ""
        // Paths and file contents may hold line ends and terminal controls.
        return PercentEscapes.escape("\(place)\(problem); \(remedy)", sparing: [UInt8(ascii: "%"), UInt8(ascii: ";")])
    }

    /// The same error, said of the file at `path`.
    func reading(_ path: String) -> FormatError {
        FormatError(problem, remedy: remedy, path: path)
    }

    /// A file whose content contradicts its format.
    static func damaged(_ problem: String) -> FormatError {
        FormatError(problem, remedy: "the file is damaged: write it again, or fetch it again from where it came")
    }

    /// A file that may be sound, but would take more memory or time than a profile is worth.
    static func tooLarge(_ problem: String) -> FormatError {
        FormatError(problem, remedy: "profile for a shorter time, or at a lower rate")
    }
}
