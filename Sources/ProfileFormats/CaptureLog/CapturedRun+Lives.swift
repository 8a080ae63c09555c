import Capture

extension CapturedRun {
    /// When a sampler looked at the threads last, in nanoseconds on the monotonic clock.
    var lastLook: Int64 { start + (ticks.last { $0.taken > 0 }?.taken ?? 0) }

    /// The mean time between two ticks of a sampler, in nanoseconds.
    var interval: Double { 1e9 / max(facts["rate"].flatMap(Double.init) ?? 1000, 1e-9) }

    /// CPU time in nanoseconds of threads that began and ended that no look was in time for, on average.
    ///
    /// One that ran when it was seen last went on for half an interval. What lived for less than an interval L is seen at L/Δ looks,
    /// so that one that a single look found running stands for a whole interval, and for those that none found.
    var cpuBetweenLooks: Int64 {
        let (last, half) = (lastLook, Int64(interval / 2))
        let ended = threads.values.filter { $0.end < last }
        let running = endedRunning(Set(ended.map(\.index)))
        return ended.reduce(0) { sum, thread in
            guard running.contains(thread.index) else { return sum }
            return sum + (thread.begin < thread.end ? half : max(0, 2 * half - thread.cpu))
        }
    }

    /// Which of some threads ran when they were seen last.
    private func endedRunning(_ indices: Set<UInt32>) -> Set<UInt32> {
        var running: Set<UInt32> = []
        guard !indices.isEmpty else { return running }
        for tick in ticks {
            for sample in tick.threads where sample.outcome == .valid && indices.contains(sample.thread) {
                if sample.isRunning { running.insert(sample.thread) } else { running.remove(sample.thread) }
            }
        }
        return running
    }

    /// By thread, what ticks say of its life after it was last told of: until when it was seen, and its CPU time since then.
    ///
    /// A process that is killed tells of its threads no more, and many a child lives no longer than from one telling to the next.
    var untoldLives: [UInt32: (end: Int64, cpu: Int64)] {
        guard end == nil else { return [:] }
        var lives: [UInt32: (end: Int64, cpu: Int64)] = [:]
        for tick in ticks {
            let looked = start + tick.taken
            for sample in tick.threads where sample.outcome == .valid {
                guard let thread = threads[sample.thread], looked > thread.end else { continue }
                lives[sample.thread] = (looked, (lives[sample.thread]?.cpu ?? 0) + max(0, sample.cpu))
            }
        }
        return lives
    }
}
