import ProfileModel

extension Timeline {
    /// The timeline without what recording took of it; `nil` where that is not known, or makes times no better.
    ///
    /// The costs are taken from the stretches in which they arose: what a call costs inside its interval half where the function
    /// is entered and half where it is left, what it costs outside half on either side of it in the caller, and a line's where
    /// it begins. What is left is divided by the stretch of Python code. So the times of a stack add up to what `report` gives it
    /// (`CompensatedLoad`). A stretch that is shorter than its costs is empty, and the next ones bear the rest.
    ///
    /// It is of one thread alone: of several, the clocks would part.
    public func compensated() -> Timeline? {
        guard threads.count == 1, let costs = run.probeCosts, costs.isSound, costs.improves else { return nil }
        let taking = CostTaking(run, costs)
        var timeline = self
        timeline.threads = threads.map { taking.compensated($0) }
        timeline.run.threads[0].nanoseconds = timeline.threads[0].life
        return timeline
    }
}

/// What probes took of the stretches of one run.
private struct CostTaking {
    private let stacks: StackTable
    /// By stack: half of what a call of its function costs inside, and outside; what its line costs.
    private let inside: [Double]
    private let outside: [Double]
    private let line: [Double]
    /// By stack, what its time is divided by.
    private let stretch: [Double]

    init(_ run: Profile, _ costs: ProbeCosts) {
        stacks = run.stacks
        let tops = (0..<run.stacks.count).map { run.stacks.leaf(of: StackID($0)).map { run.locations[$0.index] } }
        let isC = tops.map { $0.map { run.functions[$0.function.index].isC } ?? false }
        let half = { (c: ProbeCosts.Parameter, python: ProbeCosts.Parameter) in
            isC.indices.map { (costs[isC[$0] ? c : python] ?? 0) / 2 }
        }
        inside = half(.cInside, .pythonInside)
        outside = half(.cOutside, .pythonOutside)
        line = tops.map { ($0?.line ?? 0) > 0 ? costs[.line] ?? 0 : 0 }
        stretch = isC.indices.map { isC[$0] || $0 == 0 ? 1 : costs[.stretch] ?? 1 }
    }

    func compensated(_ thread: Timeline.Thread) -> Timeline.Thread {
        var taken = thread
        var owed = 0.0
        var at = Double(thread.begins.first ?? 0)
        for stretch in thread.begins.indices {
            let stack = Int(thread.stacks[stretch])
            let length = Double(thread.end(of: stretch) - thread.begins[stretch])
            let left = (length - cost(stretch, of: thread)) / self.stretch[stack] - owed
            owed = max(0, -left)
            taken.begins[stretch] = Int64(at)
            at += max(0, left)
        }
        taken.end = Int64(at)
        return taken
    }

    private func cost(_ stretch: Int, of thread: Timeline.Thread) -> Double {
        let stack = Int(thread.stacks[stretch])
        var cost = 0.0
        if stretch > 0 {
            let before = Int(thread.stacks[stretch - 1])
            cost += atEdge(of: stack, with: before) + (isLineChange(before, stack) ? line[stack] : 0)
        }
        if stretch + 1 < thread.count { cost += atEdge(of: stack, with: Int(thread.stacks[stretch + 1])) }
        return cost
    }

    /// Half of what a call costs this side, where one begins or ends between two stacks.
    private func atEdge(of stack: Int, with other: Int) -> Double {
        if Int(stacks.parents[stack]) == other, stack != other { return inside[stack] }
        return Int(stacks.parents[other]) == stack && stack != other ? outside[other] : 0
    }

    private func isLineChange(_ before: Int, _ after: Int) -> Bool {
        stacks.parents[before] == stacks.parents[after]
    }
}
