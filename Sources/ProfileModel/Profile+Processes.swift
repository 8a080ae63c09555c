extension Profile {
    /// The profiles of a program's processes as one.
    ///
    /// Every process keeps its own ticks and its own ledger: only instants are counted from where the first process begins.
    ///
    /// - Parameter profiles: each of one process; that of the program's own comes first.
    /// - Returns: `nil` where there is none, or one does not list its process.
    public static func merging(processes profiles: [Profile]) -> Profile? {
        guard var merged = profiles.first, profiles.allSatisfy({ $0.processes.count == 1 }) else { return nil }
        guard profiles.count > 1 else { return merged }
        var merging = ProcessMerging()
        for profile in profiles { merging.add(profile) }
        (merged.functions, merged.locations) = (merging.symbols.functions, merging.symbols.locations)
        (merged.stacks, merged.samples, merged.threads) = (merging.stacks, merging.samples, merging.threads)
        merged.processes = merging.processes
        merged.marks = profiles.reduce(into: [:]) { marks, profile in
            marks.merge(profile.marks) { known, more in known.merging(more) { first, _ in first } }
        }
        merged.ledger = Ledger.sum(of: profiles.compactMap(\.ledger))
        merged.caveats = ProcessCaveats.of(profiles)
        merged.settleChildren()
        return merged
    }

    /// The part of a run that is of some of its processes.
    ///
    /// - Parameter indices: in `processes`.
    public func only(processes indices: Set<Int>) -> Profile {
        var part = self
        let places = Self.places(of: processes.indices.map(indices.contains))
        let threadPlaces = Self.places(of: threads.map { indices.contains($0.process) })
        part.processes = processes.indices.filter(indices.contains).map { processes[$0] }
        let delay = (part.processes.first?.start ?? 0) - (processes.first?.start ?? 0)
        part.threads = zip(threads, threadPlaces).filter { $1 != nil }.map { thread, _ in
            var thread = thread
            thread.process = places[thread.process] ?? 0
            return thread
        }
        part.samples = samples.compactMap { sample in
            guard threads.indices.contains(sample.thread), let place = threadPlaces[sample.thread] else { return nil }
            var sample = sample
            sample.thread = place
            sample.instant = sample.instant.map { $0 - delay }
            return sample
        }
        part.ledger = Ledger.sum(of: part.processes.compactMap(\.ledger))
        part.account = part.processes.first?.account
        part.seconds = part.processes.map(\.seconds).max() ?? 0
        return part
    }

    /// By index, the place among those that are kept.
    private static func places(of isKept: [Bool]) -> [Int?] {
        var next = 0
        return isKept.map { kept in
            defer { next += kept ? 1 : 0 }
            return kept ? next : nil
        }
    }

    /// The index of the process that a sample is of; 0 where those are not listed.
    public func process(of sample: Sample) -> Int {
        threads.indices.contains(sample.thread) ? threads[sample.thread].process : 0
    }

    /// What the kernel says of every process that is profiled.
    public var accounts: [ProcessAccount] {
        processes.isEmpty ? [account].compactMap { $0 } : processes.compactMap(\.account)
    }
}
