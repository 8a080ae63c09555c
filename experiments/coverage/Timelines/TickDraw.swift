import Capture
import Statistics

/// One sampling of a timeline: what its ticks add up to for every function, as the product adds it up.
struct TickDraw {
    private(set) var sums: [TickSums]
    private(set) var totals = TickTotals()
    private let timeline: Timeline
    private var ticksInState: [Double]
    private var difference: [Double]

    /// - Parameters:
    ///   - schedule: the real one, at its beginning.
    ///   - begin: when `main` begins, in nanoseconds since the run began.
    init(of timeline: Timeline, by schedule: TickSchedule, begin: Int64) {
        self.timeline = timeline
        sums = Array(repeating: TickSums(), count: timeline.functions.count)
        ticksInState = Array(repeating: 0, count: timeline.states.count)
        difference = Array(repeating: 0, count: timeline.functions.count)
        take(schedule, begin)
        for (state, ticks) in zip(timeline.states, ticksInState) { add(ticks, state) }
    }

    /// Ticks from the run's beginning until the first one behind `main`; all are taken.
    private mutating func take(_ schedule: TickSchedule, _ begin: Int64) {
        var schedule = schedule
        var stretch = 0
        var recent: [Int] = []
        while true {
            let instant = schedule.next().due - begin
            while stretch + 1 < timeline.begins.count, timeline.begins[stretch + 1] <= instant { stretch += 1 }
            let isInside = instant >= 0 && instant < timeline.length
            let state = isInside ? timeline.stateOf[stretch] : Timeline.outside
            ticksInState[state] += 1
            recent.append(state)
            if recent.count > 1 { addPair(recent[recent.count - 2], state) }
            if recent.count > 3 {
                addWindow(recent)
                recent.removeFirst()
            }
            if instant >= timeline.length { return }
        }
    }

    private mutating func add(_ ticks: Double, _ state: Timeline.State) {
        totals.ticks += ticks
        totals.w += ticks * state.weight
        totals.ww += ticks * state.weight * state.weight
        for (function, y) in state.seen {
            sums[function].y += ticks * y
            sums[function].yy += ticks * y * y
            sums[function].yw += ticks * y * state.weight
            sums[function].on += ticks
            sums[function].full += y == state.weight ? ticks : 0
        }
    }

    private mutating func addPair(_ a: Int, _ b: Int) {
        totals.pairs += 1
        guard a != b else { return }
        let (from, to) = (timeline.states[a], timeline.states[b])
        let dw = from.weight - to.weight
        totals.dwdw += dw * dw
        for (function, y) in from.seen { difference[function] += y }
        for (function, y) in to.seen { difference[function] -= y }
        for function in [from.seen.keys, to.seen.keys].joined() {
            let dy = difference[function]
            sums[function].dydy += dy * dy
            sums[function].dydw += dy * dw
            difference[function] = 0
        }
    }

    /// Four neighbours in a row, by the differences of order three.
    private mutating func addWindow(_ four: [Int]) {
        totals.windows += 1
        guard four.contains(where: { $0 != four[0] }) else { return }
        let states = four.map { timeline.states[$0] }
        var dw = 0.0
        for (factor, (from, to)) in zip(DifferenceSequence.ofPairs, zip(states, states.dropFirst())) {
            dw += factor * (from.weight - to.weight)
            for (function, y) in from.seen { difference[function] += factor * y }
            for (function, y) in to.seen { difference[function] -= factor * y }
        }
        totals.d3wd3w += dw * dw
        for function in states.lazy.flatMap(\.seen.keys) {
            let dy = difference[function]
            sums[function].d3yd3y += dy * dy
            sums[function].d3yd3w += dy * dw
            difference[function] = 0
        }
    }
}
