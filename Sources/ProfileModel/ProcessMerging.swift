/// Puts the tables of several processes into one of each kind.
struct ProcessMerging {
    private(set) var symbols = SymbolInterning()
    private(set) var stacks = StackTable()
    private(set) var samples: [Sample] = []
    private(set) var threads: [ThreadLife] = []
    private(set) var processes: [ProcessLife] = []

    mutating func add(_ profile: Profile) {
        guard let process = profile.processes.first else { return }
        let nodes = addStacks(of: profile)
        let delay = process.start - (processes.first ?? process).start
        for var sample in profile.samples {
            sample.stack = nodes[sample.stack.index]
            sample.thread += threads.count
            sample.instant = sample.instant.map { $0 + delay }
            samples.append(sample)
        }
        threads += profile.threads.map { thread in
            var thread = thread
            thread.process = processes.count
            // Each process has a main thread.
            if !processes.isEmpty { thread.name += " of \(process.name)" }
            return thread
        }
        processes.append(process)
    }

    /// By the profile's own number, each of its stacks in the common table.
    private mutating func addStacks(of profile: Profile) -> [StackID] {
        let locations = profile.locations.map {
            symbols.intern(profile.functions[$0.function.index], line: $0.line)
        }
        var nodes = [StackID.empty]
        for stack in 1..<max(1, profile.stacks.count) {
            let caller = nodes[Int(profile.stacks.parents[stack])]
            nodes.append(stacks.push(locations[profile.stacks.locations[stack].index], onto: caller))
        }
        return nodes
    }
}
