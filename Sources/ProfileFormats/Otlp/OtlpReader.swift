import ProfileModel

/// Reads OpenTelemetry's profiles (`ProfilesData`, and requests to a collector): swprof's own exactly as they were, and those of others.
enum OtlpReader: SeveralTypesReader {
    static let format = FormatName.otlp

    static func matches(_ content: FileContent) -> Bool {
        !content.isText && OtlpOutline.matches(content.bytes)
    }

    static func read(_ bytes: [UInt8], type: String?) throws(FormatError) -> Profile {
        try PprofReader.profile(of: OtlpFile(bytes).pprof(), type: type)
    }
}
