import ProfileModel

/// Reads Scalene's JSON: by line, the parts that it has in the run's time.
///
/// Scalene tells them apart as Python, native and system time; together they are the line's. It tells no time with
/// callees.
enum ScaleneReader: ProfileReader {
    static let format = FormatName.scalene

    static func matches(_ content: FileContent) -> Bool {
        content.has("alloc_samples") || content.has("elapsed_time_sec", "files")
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        let file = try ScaleneFile(bytes)
        guard let seconds = file.seconds, !file.sources.isEmpty else {
            throw FormatError("Scalene saw nothing of the program", remedy: "profile for a longer time")
        }
        var grown = ForeignProfile("scalene", .sampling, formatName: "Scalene")
        let thread = grown.thread(0)
        for (path, source) in file.sources.sorted(by: { $0.path < $1.path }) {
            for line in source.lines where line.percent > 0 {
                let place = grown.place(source.function(of: line, path), line: ForeignProfile.line(line.number))
                try grown.add(
                    try grown.stack(rootFirst: [place]), thread: thread, count: 1,
                    nanoseconds: try ForeignProfile.nanoseconds(line.percent / 100, unit: seconds))
            }
        }
        grown.note("no-totals", "the file tells no time with callees: total shares are not known")
        return grown.finished(nanoseconds: try ForeignProfile.nanoseconds(seconds), stacks: .cut)
    }
}
