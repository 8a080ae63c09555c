import ProfileModel

/// A loop of the calibrating program: what it calls, and how.
struct CalibrationLoop: Hashable {
    enum Kind: String {
        /// Calls nothing.
        case none
        case python, c
        /// Python with every statement of the body on a line of its own.
        case line
        /// A program with a known answer, from which nothing is learned.
        case check
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
        var calls: Double
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
            lines[loop, default: [:]][pass] = Line(time: time / calls, calls: calls, turns: turns / calls, pace: pace)
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

    /// Nanoseconds of a pass of every program with a known answer.
    func checks() -> [CalibrationLoop: Double] {
        lines.reduce(into: [:]) { times, loop in
            guard loop.key.kind == .check else { return }
            times[loop.key] = medianTime(of: loop.key, loop.value.mapValues { $0.time * $0.calls })
        }
    }

    /// The median over passes, at the pace of the process itself.
    ///
    /// - Parameter times: by pass.
    func medianTime(of loop: CalibrationLoop, _ times: [Int: Double]) -> Double? {
        let lines = lines[loop, default: [:]]
        return median(times.compactMap { pass, time in lines[pass].map { time / $0.pace * pace } })
    }

    /// Nanoseconds in all loops of a kind and all passes, as they would have been at another pace.
    func total(of kind: CalibrationLoop.Kind, at pace: Double) -> Double {
        lines.filter { $0.key.kind == kind }.reduce(0) { sum, loop in
            sum + (time(of: loop.key, at: pace) ?? 0) * loop.value.values.reduce(0) { $0 + $1.calls }
        }
    }

    /// The median over passes, for what disturbs a pass can be long.
    private func time(of loop: CalibrationLoop, at pace: Double) -> Double? {
        median(lines[loop, default: [:]].values.map { $0.time / $0.pace * pace })
    }
}

/// What a tracer measured of the callees of the calibrating program, themselves alone.
struct CalleeTimes {
    /// Nanoseconds a call, by loop and pass.
    private(set) var times: [CalibrationLoop: [Int: Double]] = [:]
    /// Lines that were run, a call.
    private(set) var hits: [CalibrationLoop: Double] = [:]

    init(_ profile: Profile) {
        let callees = Places(ofStacks: CalibrationPath.ofCallees(profile))
        let scope = Scope(wholeOf: profile)
        let tally = Tally(callees, weights: StackLoad(profile, scope, WeightUnit(profile)).weight, profile, scope)
        for (path, sum) in zip(tally.keys, tally.entries) where sum.calls > 0 {
            times[path.loop, default: [:]][path.pass] = sum.own / Double(sum.calls)
            hits[path.loop] = Double(sum.hits) / Double(sum.calls)
        }
    }

    /// The median over passes, at the pace of the process itself.
    func time(of loop: CalibrationLoop, in printed: PrintedLoops) -> Double? {
        printed.medianTime(of: loop, times[loop, default: [:]])
    }
}

/// `nil` where there are no values.
private func median(_ values: [Double]) -> Double? {
    let sorted = values.sorted()
    return sorted.isEmpty ? nil : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// Where in the calibrating program a stack is.
struct CalibrationPath: Hashable {
    var pass: Int
    var loop: CalibrationLoop

    /// By stack: the loop whose callee is on top; `nil` for all other stacks.
    static func ofCallees(_ profile: Profile) -> [CalibrationPath?] {
        let paths = ofAll(profile)
        let function = { profile.function(at: profile.stacks.locations[$0]) }
        return paths.indices.map { stack in
            guard stack > 0, case let parent = Int(profile.stacks.parents[stack]), let caller = paths[parent], function(parent).isLoop
            else { return nil }
            return (caller.loop.kind == .c) == function(stack).isC ? caller : nil
        }
    }

    /// By stack: the loop that it is in, after the first pass; `nil` for stacks that are in none.
    static func ofAll(_ profile: Profile) -> [CalibrationPath?] {
        var pass = [Int?](repeating: nil, count: profile.stacks.count)
        var paths = [CalibrationPath?](repeating: nil, count: profile.stacks.count)
        for stack in paths.indices.dropFirst() {
            let parent = Int(profile.stacks.parents[stack])
            let function = profile.function(at: profile.stacks.locations[stack])
            pass[stack] = function.name.hasPrefix("pass_") ? Int(function.name.dropFirst(5)) : pass[parent]
            paths[stack] = paths[parent]
            if function.isLoop, let loop = CalibrationLoop(function.name.dropFirst(5)), let pass = pass[stack], pass > 0 {
                paths[stack] = CalibrationPath(pass: pass, loop: loop)
            }
        }
        return paths
    }
}

extension Function {
    fileprivate var isLoop: Bool { name.hasPrefix("loop_") }
}
