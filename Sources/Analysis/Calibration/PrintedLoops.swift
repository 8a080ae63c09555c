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
            guard words.count == 6, let pass = Int(words[0]), pass > 0, let loop = CalibrationLoop(words[1]) else {
                continue
            }
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

/// `nil` where there are no values.
private func median(_ values: [Double]) -> Double? {
    let sorted = values.sorted()
    return sorted.isEmpty ? nil : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
