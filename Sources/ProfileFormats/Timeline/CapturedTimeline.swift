import Capture
import ProfileModel

/// A capture log with events, as a timeline: the log is gone through twice, and never held in memory.
public struct CapturedTimeline {
    /// What is known of the run: as a tracer's profile, with the functions, locations and stacks of the events.
    public var run: Profile
    /// How long the program stood still for what was recorded to be written, in seconds.
    public private(set) var pauseSeconds = 0.0
    /// How many events there are.
    public var events: Int { pauses.events }
    private let log: MappedFile
    /// By thread of the log: its place in the profile, and its nodes' stacks.
    private var threads: [UInt32: (place: Int, stacks: [UInt32: StackID])] = [:]
    private var pauses = RecordingPauses()
    private let clock: TimelineClock

    /// - Parameter path: of the log.
    public init(_ path: String) throws(FormatError) {
        do throws(FormatError) { log = try MappedFile(path) } catch { throw error.reading(path) }
        var captured = CapturedRun()
        var pauses = RecordingPauses()
        let ending: LogReader.Ending
        do {
            ending = try LogReader.forEach(in: log.bytes) { record in
                if case .callEvents(let events) = record { pauses.note(events) } else { captured.add(record) }
            }
        } catch { throw FormatError("the program wrote no capture log", remedy: "record it again") }
        guard let design = captured.facts["design"], let clock = captured.facts["clock"].flatMap(Clock.init),
            captured.isCountable, !captured.isSampled
        else { throw FormatError("the capture log is damaged", remedy: "record the program again") }
        pauses.finish()
        let traced = TracedProfile(captured, design, clock)
        (run, self.pauses) = (traced.profile, pauses)
        self.clock = TimelineClock(captured)
        pauseSeconds = Double(pauses.whole) * captured.nanosecondsPerTick / 1e9
        for (place, thread) in traced.stacks.enumerated() { threads[thread.thread] = (place, thread.ofNode) }
        run.samples = []
        if case .damaged(let at) = ending {
            run.caveats.append(
                Caveat(
                    code: "damaged-log", text: "the capture log is damaged from byte \(at) on; what came before counts")
            )
        }
        guard !pauses.lives.isEmpty else { throw TimelineFile.noEvents }
        for (thread, ticks) in pauses.lives {
            guard let place = threads[thread]?.place else { continue }
            run.threads[place].nanoseconds = Int64(Double(ticks) * captured.nanosecondsPerTick)
        }
    }

    /// Writes the file.
    public func write(to path: String) throws(FormatError) {
        try TimelineFile.write(run, to: path) { writer in
            forEachStretch { stack, thread, begin, end in writer.add(stack, of: thread, from: begin, to: end) }
        }
    }

    private func forEachStretch(_ body: (_ stack: Int, _ thread: Int, _ begin: Int64, _ end: Int64) -> Void) {
        // The ends of what each thread has given: pauses are taken out of two clocks' readings, and these only grow.
        var last = [Int64](repeating: 0, count: run.threads.count)
        _ = try? LogReader.forEach(in: log.bytes) { record in
            guard case .callEvents(let events) = record, let thread = threads[events.thread] else { return }
            events.packed.withUnsafeBytes { packed in
                var reading = PackedReading(packed)
                var ticks = events.begin
                var removing = pauses.removal(at: ticks)
                for _ in 0..<events.count {
                    guard let length = reading.number(), let node = reading.number() else { return }
                    let begin = max(last[thread.place], clock.nanoseconds(ticks &- removing.ticks))
                    ticks = ticks &+ length
                    if ticks > removing.until { removing = pauses.removal(at: ticks) }
                    let end = max(begin, clock.nanoseconds(ticks &- removing.ticks))
                    let stack = UInt32(exactly: node).flatMap { thread.stacks[$0] } ?? .empty
                    body(stack.index, thread.place, begin, end)
                    last[thread.place] = end
                }
            }
        }
    }
}
