import ProfileModel

/// Reads pprof files: swprof's own exactly as they were, and those of any other tool.
enum PprofReader: SeveralTypesReader {
    static let format = FormatName.pprof

    /// Its first field is one of `profile.proto`'s, and of the kind that it has there. Every pprof file has an empty text in its
    /// string table, and so a zero byte; no text file has.
    static func matches(_ content: FileContent) -> Bool {
        !content.isText && PprofOutline.begins(content.bytes)
    }

    static func read(_ bytes: [UInt8], type: String?) throws(FormatError) -> Profile {
        try profile(of: PprofFile(bytes), type: type)
    }

    static func profile(of file: PprofFile, type: String?) throws(FormatError) -> Profile {
        let comments = PprofComments(parsing: try file.comments())
        if let header = try PprofHeader.profile(of: comments) {
            guard type == nil else {
                throw FormatError("the profile is swprof's own, with one time", remedy: "leave out --type")
            }
            return try PprofOwnSamples(header, file, order: comments.value(PprofStackOrder.key)).profile
        }
        return try PprofForeignSamples(file, type: type).profile
    }
}
