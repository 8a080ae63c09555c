import ProfileModel

/// Timelines with a known truth, written as stacks: `main f:7` is `f` at its line 7, called by `main`; `C len` is C's `len`.
struct ScriptedTimeline {
    private(set) var timeline = Timeline(run: Profile(design: "lines", kind: .tracing))
    private var symbols = SymbolInterning()
    private var thread = Timeline.Thread()

    /// - Parameter nanoseconds: how long the stack stands.
    mutating func add(_ stack: String, _ nanoseconds: Int64) { add(number(of: stack), nanoseconds) }

    mutating func add(_ stack: Int, _ nanoseconds: Int64) {
        thread.append(Int32(stack), from: thread.end, to: thread.end + nanoseconds)
    }

    /// The stack's index.
    mutating func number(of stack: String) -> Int {
        var isC = false
        var frames: [LocationID] = []
        for frame in stack.split(separator: " ") {
            if frame == "C" { isC = true } else { frames.append(location(frame, isC: isC)) }
        }
        return timeline.run.stacks.intern(rootFirst: frames).index
    }

    private mutating func location(_ frame: Substring, isC: Bool) -> LocationID {
        let parts = frame.split(separator: ":")
        let name = String(parts[0])
        let function = Function(name: name, qualname: name, file: isC ? nil : "p.py", line: isC ? 0 : 1)
        return symbols.intern(function, line: parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    }

    /// What was written, as one thread.
    var finished: Timeline {
        var timeline = timeline
        (timeline.run.functions, timeline.run.locations) = (symbols.functions, symbols.locations)
        timeline.run.threads = [ThreadLife(id: 1, name: "main thread", nanoseconds: thread.life)]
        timeline.threads = [thread]
        return timeline
    }

    /// Phases of functions of uneven lengths, about 0.3 to 3 ms each: `hot` has half of the time.
    static func phases(_ count: Int) -> Timeline {
        var script = ScriptedTimeline()
        var state: UInt64 = 1
        for number in 0..<count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let length = Int64(300_000 + (state >> 33) % 2_700_000)
            script.add(
                number.isMultiple(of: 2) ? "main hot" : "main \(number.isMultiple(of: 3) ? "warm" : "cool")", length)
        }
        return script.finished
    }

    /// A program in step with ticks at 1 kHz: `front` has the first three tenths of every millisecond.
    static func lockstep(_ milliseconds: Int) -> Timeline {
        var script = ScriptedTimeline()
        for _ in 0..<milliseconds {
            script.add("main front", 300_000)
            script.add("main back", 700_000)
        }
        return script.finished
    }

    /// The talk's sieve of `n`, by its lines: a C call on line 10 for every prime, as long as the numbers that it strikes out.
    static func sieve(_ n: Int, nanosecondsANumber cost: (line7: Int64, line8: Int64, line9: Int64, strike: Double))
        -> Timeline
    {
        var script = ScriptedTimeline()
        let lines = (7...10).map { script.number(of: "main eratosthenes:\($0)") }
        var isComposite = [Bool](repeating: false, count: n)
        for number in 2..<n {
            script.add(lines[0], cost.line7)
            script.add(lines[1], cost.line8)
            if isComposite[number] { continue }
            script.add(lines[2], cost.line9)
            let struck = number * number < n ? (n - 1 - number * number) / number + 1 : 0
            for multiple in stride(from: number * number, to: n, by: number) { isComposite[multiple] = true }
            script.add(lines[3], 300 + Int64(Double(struck) * cost.strike))
        }
        return script.finished
    }
}
