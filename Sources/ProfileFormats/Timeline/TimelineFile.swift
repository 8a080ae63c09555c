import Capture
import Glibc
import ProfileModel

/// Timelines in files: what `swprof record` writes, and what a known-answer workload tells of itself.
public enum TimelineFile {
    static let unknown = FormatError(
        "not a timeline",
        remedy: "give a file that swprof record wrote, or one that a workload wrote where TRUTH_TIMELINE says")

    /// The timeline in the file at `path`.
    public static func read(_ path: String) throws(FormatError) -> Timeline {
        let file = try opened(path)
        do throws(FormatError) { return try read(file.bytes, room: room) } catch { throw error.reading(path) }
    }

    /// A path that does not exist is answered by what to give there.
    private static func opened(_ path: String) throws(FormatError) -> MappedFile {
        do throws(FormatError) { return try MappedFile(path) } catch {
            throw FormatError(error.problem, remedy: "give the path of a timeline, which swprof record writes")
        }
    }

    /// The timeline in a file's bytes.
    public static func read(_ bytes: [UInt8]) throws(FormatError) -> Timeline {
        // A closure would lose the type of the error.
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(FormatError) in try read(bytes, room: room) }
        }
        return try result.get()
    }

    static func read(_ bytes: UnsafeRawBufferPointer, room: Int) throws(FormatError) -> Timeline {
        guard !bytes.isEmpty else { throw FormatError("the file is empty", remedy: unknown.remedy) }
        if TimelineReader.isTimeline(bytes) {
            let timeline = try TimelineReader.read(bytes, room: room)
            guard timeline.count > 0 else { throw noEvents }
            return timeline
        }
        guard bytes.count <= FileBytes.sizeLimit, bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else {
            throw unknown
        }
        return try TruthTimeline.read(Array(bytes))
    }

    static let noEvents = FormatError("the timeline has no events", remedy: "record a program that runs Python code")

    /// Writes a timeline.
    public static func write(_ timeline: Timeline, to path: String) throws(FormatError) {
        try write(timeline.run, to: path) { writer in
            for (at, thread) in timeline.threads.enumerated() {
                for stretch in thread.begins.indices {
                    writer.add(
                        Int(thread.stacks[stretch]), of: at, from: thread.begins[stretch], to: thread.end(of: stretch))
                }
            }
        }
    }

    static func write(_ run: Profile, to path: String, _ add: (inout TimelineWriter) -> Void) throws(FormatError) {
        var refusal: FormatError?
        try FileBytes.write(to: path) { file in
            do throws(FormatError) {
                var writer = try TimelineWriter(file, run: run)
                add(&writer)
                return writer.finish()
            } catch {
                refusal = error
                return EINVAL
            }
        }
        if let refusal { throw refusal }
    }

    /// How many stretches may be held at once: half the machine's memory, at what each takes with an index over it.
    private static var room: Int {
        max(1 << 20, sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 2 / 16)
    }
}
