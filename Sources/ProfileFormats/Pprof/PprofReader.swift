import ProfileModel

/// Reads pprof files: swprof's own exactly as they were, and those of any other tool.
enum PprofReader: ProfileReader {
    static let format = FormatName.pprof

    /// Every pprof file has an empty text in its string table, and so a zero byte; no text file has.
    static func matches(_ bytes: [UInt8]) -> Bool { bytes.contains(0) }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        let file = try PprofFile(bytes)
        let comments = PprofComments(parsing: try file.comments())
        if let header = try PprofHeader.profile(of: comments) {
            return try PprofOwnSamples(header, file, order: comments.value(PprofStackOrder.key)).profile
        }
        return try PprofForeignSamples(file).profile
    }
}
