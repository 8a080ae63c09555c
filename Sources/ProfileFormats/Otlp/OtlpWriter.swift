import ProfileModel

/// Writes OpenTelemetry's profiles, of which other tools read all that pprof would tell them, and swprof the equal profile again.
///
/// The file is one resource with one scope, of one or two profiles: the time of each sample, and where not every count is 1, the same
/// samples with their counts. What says more of a sample is an attribute of it (`Pprof.LabelKey`), its instant a timestamp since the run
/// began; what says more of the run are lines of the profile's attribute `swprof.comments` (`PprofComments`).
enum OtlpWriter: ProfileWriter {
    static let format = FormatName.otlp

    static func write(_ profile: Profile) throws(FormatError) -> [UInt8] {
        let file = try PprofFile(PprofWriter.unpacked(profile))
        var tables = OtlpTables(file, profile)
        let comments = tables.attribute(Otlp.comments, list: try file.comments())
        var (times, counts) = (ProtobufBytes(), ProtobufBytes())
        tables.addType(file, column: 1, to: &times)
        tables.addType(file, column: 0, to: &counts)
        var areAllOne = true
        for index in 0..<file.sampleCount {
            let sample = try file.sample(index)
            tables.add(sample, column: 1, to: &times)
            tables.add(sample, column: 0, to: &counts)
            areAllOne = areAllOne && sample.value[0] == 1
        }
        times.add(4, number: file.tables.durationNanos)
        tables.addPeriod(file, to: &times)
        times.add(11, packed: [comments])
        let profiles = areAllOne ? [times.bytes] : [times.bytes, counts.bytes]
        var data = ProtobufBytes()
        data.add(1) { $0.addResource(profile, profiles) }
        data.add(2, bytes: tables.bytes)
        return data.bytes
    }
}

extension ProtobufBytes {
    fileprivate mutating func addResource(_ profile: Profile, _ profiles: [[UInt8]]) {
        add(1) { resource in
            resource.addAttribute("process.runtime.name") { $0.add(1, text: "cpython") }
            if !profile.python.isEmpty {
                resource.addAttribute("process.runtime.version") { $0.add(1, text: profile.python) }
            }
            if !profile.program.isEmpty {
                resource.addAttribute("process.command_args") { $0.addList(profile.program) }
            }
        }
        add(2) { scope in
            scope.add(1) { $0.add(1, text: "swprof") }
            for profile in profiles { scope.add(2, bytes: profile) }
        }
    }

    private mutating func addAttribute(_ key: String, _ value: (inout ProtobufBytes) -> Void) {
        add(1) { attribute in
            attribute.add(1, text: key)
            attribute.add(2, value)
        }
    }

    /// A value that is a list of texts.
    mutating func addList(_ texts: [String]) {
        add(5) { list in for text in texts { list.add(1) { $0.add(1, bytes: Array(text.utf8)) } } }
    }
}
