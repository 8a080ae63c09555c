import ProfileModel

/// Reads Chrome's trace event format, of VizTracer, py-spy, torch.profiler and others: complete events (`X`), or begins and ends
/// (`B`, `E`).
enum ChromeTraceReader: ProfileReader {
    static let format = FormatName.chrome

    static func matches(_ content: FileContent) -> Bool { content.has("traceEvents") || content.has("ph", "ts") }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        let trace = try ChromeTrace(bytes)
        let isVizTracers = trace.others["viztracer_metadata"] != nil
        let tool = isVizTracers ? "viztracer" : trace.isPySpys ? "py-spy" : "chrome"
        let grown = ForeignProfile(
            tool, trace.isPySpys ? .sampling : .tracing,
            formatName: isVizTracers ? "Chrome trace, of VizTracer" : "Chrome trace")
        var nesting = ChromeNesting(grown, trace)
        for thread in trace.threads where !thread.events.isEmpty || trace.isOwn {
            try nesting.add(thread, titled: trace.title(of: thread))
        }
        var profile = nesting.grown
        try note(trace, nesting, &profile)
        guard trace.isOwn || profile.profile.samples.contains(where: { $0.nanoseconds > 0 }) else {
            throw noSpans(trace)
        }
        return try OwnAttributes.completed(profile.finished(), comments(of: trace), counted: [.tracing])
    }

    private static func noSpans(_ trace: ChromeTrace) -> FormatError {
        if trace.sampleEvents > 0 {
            return FormatError(
                "it has no spans, but samples of Chrome's tools", remedy: "save them as a CPU profile (.cpuprofile)")
        }
        if trace.hasSamples {
            return FormatError("it has no spans, but a list of samples", remedy: "give a trace of function calls")
        }
        return FormatError("there is no function in it that took time", remedy: "give a trace of function calls")
    }

    /// What swprof's own traces have of it.
    private static func comments(of trace: ChromeTrace) throws(FormatError) -> [String] {
        guard trace.isOwn, var cursor = trace.cursor(at: "otherData"), cursor.kind() == .object else { return [] }
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            if key == "swprof" { return try cursor.texts() }
            try cursor.skip()
        }
        return []
    }

    private static func note(_ trace: ChromeTrace, _ nesting: ChromeNesting, _ profile: inout ForeignProfile)
        throws(FormatError)
    {
        if try overflowed(trace) {
            profile.note("buffer-overflow", "VizTracer's buffer was full: the beginning of the run is missing")
        }
        if let text = trace.leftOut { profile.note("spans-left-out", text) }
        if trace.oddSpans > 0 {
            profile.note(
                "spans-without-length",
                "\(trace.oddSpans.grouped) spans have a length that is negative or no number: they count as none")
        }
        if nesting.cutCount > 0 {
            profile.note(
                "spans-cut",
                "\(nesting.cutCount.grouped) spans end after the span that they began in: they are cut at its end")
        }
        if nesting.unpairedCount > 0 {
            profile.note(
                "spans-unpaired",
                "\(nesting.unpairedCount.grouped) spans have no beginning, which are left out, or no end, which end with the thread"
            )
        }
    }

    private static func overflowed(_ trace: ChromeTrace) throws(FormatError) -> Bool {
        guard var cursor = trace.cursor(at: "viztracer_metadata"), cursor.kind() == .object else { return false }
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            if key == "overflow" { return try cursor.raw() == "true" }
            try cursor.skip()
        }
        return false
    }
}
