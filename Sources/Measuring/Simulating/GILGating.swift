import Capture
import ProfileModel

/// When a sampler that takes the GIL can look: only where the interpreter hands it over.
///
/// It asks for the GIL at the tick. A thread that runs keeps it for the switch interval, and then up to the next place
/// where the interpreter looks whether another wants it: where a Python function is entered, where a loop jumps back, and
/// where a C function returns. A thread that waits without the GIL keeps nobody waiting.
///
/// Where the timeline tells lines, a jump back is a line that does not come after the one before. A Python function
/// without lines is taken to have such places everywhere.
struct GILGating: Sendable {
    /// What a look saw, by thread, and when, in nanoseconds since the run began.
    struct Look {
        var stacks: [(thread: Int, stack: Int)]
        var instant: Int64
    }

    /// One place where the GIL may be handed over.
    private struct Place {
        var instant: Int64
        /// What the look sees of the thread: what stood before or behind the instant.
        var stack: Int32
    }

    private let run: ReplayedRun
    private let switchInterval: Int64
    /// By thread, in order.
    private let places: [[Place]]
    /// By stack of the timeline.
    private let facts: [StackFacts]

    private struct StackFacts {
        /// Whether the thread has given the GIL away.
        var isWaiting = false
        /// Whether it can be handed over anywhere.
        var isOpen = true
    }

    init(_ timeline: Profile, _ run: ReplayedRun, _ settings: ReplaySettings) {
        self.run = run
        switchInterval = Int64(settings.switchInterval * 1e9)
        let tops = StackTops(timeline)
        let waiting = ReleasedFunctions.names.union(settings.releasing)
        facts = (0..<timeline.stacks.count).map { stack in
            guard let function = tops.function(stack) else { return StackFacts() }
            let isNamed =
                waiting.contains(function.name) && (function.isC || settings.releasing.contains(function.name))
            return StackFacts(isWaiting: isNamed, isOpen: !function.isC && tops.line(stack) == 0)
        }
        places = run.threads.map { Self.places(of: $0.thread, timeline.stacks, tops) }
    }

    private static func places(of thread: Timeline.Thread, _ stacks: StackTable, _ tops: StackTops) -> [Place] {
        var places: [Place] = []
        for stretch in thread.begins.indices.dropFirst() {
            let (before, after) = (Int(thread.stacks[stretch - 1]), Int(thread.stacks[stretch]))
            let seen: Int
            switch StackChange(from: before, to: after, stacks, tops) {
            case .enter where !tops.isC(after): seen = after
            case .leave where tops.isC(before): seen = after
            case .line(let isBack) where isBack: seen = before
            default: continue
            }
            places.append(Place(instant: thread.begins[stretch], stack: Int32(seen)))
        }
        return places
    }

    /// Takes all ticks within the run, as the sampler's loop does.
    ///
    /// - Parameters:
    ///   - start: when the schedule begins, in nanoseconds since the run does.
    ///   - body: of each tick in order, and what it saw; `nil` where it was overtaken.
    func take(_ schedule: TickSchedule, from start: Int64, _ body: (TickSchedule.Tick, Look?) -> Void) {
        let clock = ReplayClock()
        var loop = TickLoop(schedule, clock: clock, start: start)
        loop.run(isStopped: { clock.time >= run.length }) { ticks in
            guard ticks.now >= 0 else { return }
            for tick in ticks.overtaken { body(tick, nil) }
            guard let look = look(asking: ticks.now) else {
                clock.time = run.length
                return
            }
            for tick in ticks.sharing + [ticks.tick] { body(tick, look) }
            clock.time = max(clock.time, look.instant)
        }
    }

    /// What a sampler sees that asks for the GIL at an instant; `nil` where the run is over before.
    private func look(asking now: Int64) -> Look? {
        if holder(at: now) == nil { return look(at: now) }
        let due = now + switchInterval
        guard due < run.length else { return nil }
        guard let holder = holder(at: due), let stretch = run.threads[holder].stretch(at: run.instant(due)),
            !facts[Int(run.threads[holder].thread.stacks[stretch])].isOpen
        else { return look(at: due) }
        guard let (instant, stack) = firstPlace(of: holder, from: due), instant < run.length else { return nil }
        var look = look(at: instant)
        if let at = look.stacks.firstIndex(where: { $0.thread == holder }) { look.stacks[at].stack = Int(stack) }
        return look
    }

    private func look(at instant: Int64) -> Look {
        let stacks = run.threads.indices.compactMap { thread in
            run.threads[thread].stack(at: run.instant(instant)).map { (thread: thread, stack: $0) }
        }
        return Look(stacks: stacks, instant: instant)
    }

    /// The thread that has the GIL: of those that do not wait, the one that came to something new last.
    private func holder(at instant: Int64) -> Int? {
        var holder: (thread: Int, since: Int64)?
        for (number, thread) in run.threads.enumerated() {
            guard let stretch = thread.stretch(at: run.instant(instant)),
                !facts[Int(thread.thread.stacks[stretch])].isWaiting
            else { continue }
            let since = thread.thread.begins[stretch]
            if since >= (holder?.since ?? .min) { holder = (number, since) }
        }
        return holder?.thread
    }

    /// The first place of a thread from an instant of the run on.
    private func firstPlace(of thread: Int, from due: Int64) -> (instant: Int64, stack: Int32)? {
        let places = places[thread]
        guard !places.isEmpty else { return nil }
        let wanted = run.instant(due)
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle].instant < wanted { low = middle + 1 } else { high = middle }
        }
        let round = due - (wanted - run.begin)
        guard low < places.count else { return (round + run.period + places[0].instant - run.begin, places[0].stack) }
        return (round + places[low].instant - run.begin, places[low].stack)
    }
}

/// Time that passes only where it is waited for.
private final class ReplayClock: WaitingClock, @unchecked Sendable {
    // Used by the one thread that draws a run.
    var time: Int64 = .min

    func now() -> Int64 { time }
    func wait(until instant: Int64) { time = max(time, instant) }
}
