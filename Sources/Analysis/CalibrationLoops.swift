import ProfileModel

/// A loop of the calibrating program: what it calls, and how.
struct CalibrationLoop: Hashable {
    enum Kind: String {
        /// Calls nothing.
        case none
        case python, c
    }

    var kind: Kind
    var shape: String
    /// Of the callee's body, in the shape's own unit.
    var length: Int

    /// From `python_map_8`; `nil` for anything else.
    init?(_ name: some StringProtocol) {
        let parts = name.split(separator: "_")
        guard parts.count == 3, let kind = Kind(rawValue: String(parts[0])), let length = Int(parts[2]) else { return nil }
        (self.kind, shape, self.length) = (kind, String(parts[1]), length)
    }
}

/// What the calibrating program printed of its loops, by loop and pass.
struct PrintedLoops {
    struct Line {
        /// Nanoseconds a call.
        var time: Double
        /// Turns of the loop, a call.
        var turns: Double
        /// Nanoseconds that a piece of work took meanwhile that no tracer changes.
        var pace: Double
    }

    private(set) var lines: [CalibrationLoop: [Int: Line]] = [:]
    /// The median; 0 where nothing was printed.
    private(set) var pace = 0.0

    /// The first pass warms up code and memory, and does not count.
    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 6, let pass = Int(words[0]), pass > 0, let loop = CalibrationLoop(words[1]) else { continue }
            let numbers = words.dropFirst(2).compactMap { Double($0) }
            guard numbers.count == 4, numbers.allSatisfy({ $0 > 0 && $0.isFinite }) else { continue }
            let (calls, turns, time, pace) = (numbers[0], numbers[1], numbers[2], numbers[3])
            lines[loop, default: [:]][pass] = Line(time: time / calls, turns: turns / calls, pace: pace)
        }
        pace = median(lines.values.flatMap { $0.values.map(\.pace) }) ?? 0
    }

    /// Nanoseconds a call without the loop about it, as they would have been at another pace.
    func call(in loop: CalibrationLoop, at pace: Double) -> Double? {
        guard let empty = lines.keys.first(where: { $0.kind == .none }), let turn = time(of: empty, at: pace),
            let all = time(of: loop, at: pace), let turns = lines[loop]?.values.first?.turns
        else { return nil }
        return all - turn * turns
    }

    /// The median over passes, for what disturbs a pass can be long.
    private func time(of loop: CalibrationLoop, at pace: Double) -> Double? {
        median(lines[loop, default: [:]].values.map { $0.time / $0.pace * pace })
    }
}

/// What a tracer measured of the callees of the calibrating program, themselves alone: nanoseconds a call by loop and pass.
struct CalleeTimes {
    private(set) var times: [CalibrationLoop: [Int: Double]] = [:]

    init(_ profile: Profile) {
        var sums: [CalibrationPath: (calls: Double, nanoseconds: Double)] = [:]
        let paths = CalibrationPath.ofCallees(profile)
        for sample in profile.samples {
            guard let path = paths[sample.stack.index] else { continue }
            sums[path, default: (0, 0)].calls += Double(sample.count)
            sums[path, default: (0, 0)].nanoseconds += Double(sample.nanoseconds)
        }
        for (path, sum) in sums where sum.calls > 0 { times[path.loop, default: [:]][path.pass] = sum.nanoseconds / sum.calls }
    }

    /// The median over passes, at the pace of the process itself.
    func time(of loop: CalibrationLoop, in printed: PrintedLoops) -> Double? {
        let lines = printed.lines[loop, default: [:]]
        return median(times[loop, default: [:]].compactMap { pass, time in lines[pass].map { time / $0.pace * printed.pace } })
    }
}

/// `nil` where there are no values.
private func median(_ values: [Double]) -> Double? {
    let sorted = values.sorted()
    return sorted.isEmpty ? nil : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// Where in the calibrating program a stack is.
private struct CalibrationPath: Hashable {
    var pass: Int
    var loop: CalibrationLoop

    /// By stack: the loop whose callee is on top; `nil` for all other stacks.
    static func ofCallees(_ profile: Profile) -> [CalibrationPath?] {
        var pass = [Int?](repeating: nil, count: profile.stacks.count)
        var looping = [CalibrationPath?](repeating: nil, count: profile.stacks.count)
        var callees = looping
        for stack in looping.indices.dropFirst() {
            let parent = Int(profile.stacks.parents[stack])
            let function = profile.function(at: profile.stacks.locations[stack])
            pass[stack] = function.name.hasPrefix("pass_") ? Int(function.name.dropFirst(5)) : pass[parent]
            if function.name.hasPrefix("loop_"), let loop = CalibrationLoop(function.name.dropFirst(5)), let pass = pass[stack] {
                looping[stack] = CalibrationPath(pass: pass, loop: loop)
            }
            if let caller = looping[parent], (caller.loop.kind == .c) == function.isC { callees[stack] = caller }
        }
        return callees
    }
}
