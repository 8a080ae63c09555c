import Capture

extension CapturedRun {
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
