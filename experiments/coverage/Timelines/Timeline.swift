/// A recorded run as ticks see it: what is on the threads' stacks at every instant.
struct Timeline: Sendable {
    /// By name.
    let functions: [String]
    /// How long some thread was within `main`, in nanoseconds.
    let length: Int64
    /// Where each stretch of one state begins, from the beginning of `main` on, the first at 0.
    let begins: [Int64]
    /// The state of each stretch, an index in `states`.
    let stateOf: [Int]
    let states: [State]

    /// What a tick sees: the threads in `main`, and how many of them are in each function that is there.
    struct State: Hashable, Sendable {
        var weight = 0.0
        var seen: [Int: Double] = [:]
    }

    /// The state outside of `main`, in which a tick weighs nothing.
    static let outside = 0

    init(_ recorded: RecordedTimeline) {
        functions = Set(recorded.threads.flatMap { $0.segments.map(\.function) }).sorted()
        let origin = recorded.threads.map { $0.within[0] }.min() ?? 0
        length = (recorded.threads.map { $0.within[1] }.max() ?? 0) - origin
        var sweep = StateSweep(Self.changes(recorded, functions, origin))
        sweep.run(to: length)
        (begins, stateOf, states) = (sweep.begins, sweep.stateOf, sweep.states)
    }

    /// By function: its part of the thread-time under `main`.
    var truth: [Double] {
        let whole = stretches.reduce(0) { $0 + states[$1.state].weight * $1.length }
        return functions.indices.map { function in
            stretches.reduce(0) { $0 + (states[$1.state].seen[function] ?? 0) * $1.length } / whole
        }
    }

    /// By function: how long it is there, or away, at a time; the shorter of the two means, in nanoseconds.
    var phases: [Double] {
        functions.indices.map { function in
            var (on, off) = (0.0, 0.0)
            var count = 1.0
            var wasOn: Bool?
            for stretch in stretches {
                let isOn = states[stretch.state].seen[function] != nil
                if isOn { on += stretch.length } else { off += stretch.length }
                if let wasOn, wasOn != isOn { count += 1 }
                wasOn = isOn
            }
            return min(on, off) / (count / 2)
        }
    }

    private var stretches: some Sequence<(state: Int, length: Double)> {
        zip(stateOf, zip(begins, begins.dropFirst() + [length])).lazy.map { ($0, Double($1.1 - $1.0)) }
    }

    private static func changes(_ recorded: RecordedTimeline, _ functions: [String], _ origin: Int64) -> [StateSweep
        .Change]
    {
        let place = Dictionary(uniqueKeysWithValues: functions.enumerated().map { ($1, $0) })
        return recorded.threads.flatMap { thread in
            [(thread.within[0], nil, 1.0), (thread.within[1], nil, -1.0)].map {
                StateSweep.Change(at: $0 - origin, function: $1, by: $2)
            }
                + thread.segments.flatMap { segment in
                    [
                        StateSweep.Change(at: segment.begin - origin, function: place[segment.function], by: 1),
                        StateSweep.Change(at: segment.end - origin, function: place[segment.function], by: -1),
                    ]
                }
        }
    }
}

/// Goes through all begins and ends in order of time, and notes the state between.
private struct StateSweep {
    struct Change {
        var at: Int64
        /// `nil` for `main` itself.
        var function: Int?
        var by: Double
    }

    private let changes: [Change]
    private(set) var begins: [Int64] = []
    private(set) var stateOf: [Int] = []
    private(set) var states = [Timeline.State()]
    private var known = [Timeline.State(): Timeline.outside]

    init(_ changes: [Change]) { self.changes = changes.sorted { $0.at < $1.at } }

    mutating func run(to length: Int64) {
        var state = Timeline.State()
        var next = 0
        while next < changes.count, changes[next].at < length {
            let instant = changes[next].at
            while next < changes.count, changes[next].at == instant {
                apply(changes[next], to: &state)
                next += 1
            }
            begins.append(instant)
            stateOf.append(number(of: state))
        }
    }

    private func apply(_ change: Change, to state: inout Timeline.State) {
        guard let function = change.function else {
            state.weight += change.by
            return
        }
        let count = (state.seen[function] ?? 0) + change.by
        state.seen[function] = count == 0 ? nil : count
    }

    private mutating func number(of state: Timeline.State) -> Int {
        if let number = known[state] { return number }
        known[state] = states.count
        states.append(state)
        return states.count - 1
    }
}
