/// The threads of a process whose CPU time a sampler's samples are made to add up to, each for itself.
///
/// The kernel knows exactly how much CPU time Cₜ each thread took. At how many ticks nₜ a thread was seen running is less
/// certain: chance decides, and where others want the processors, so does where the kernel put the thread. A thread whose
/// processor the sampler takes for its look may get it back late, and then seems to wait; measured with three threads beside
/// four busy processes, a thread of 34 % was seen at 26 % of the ticks. So each tick of thread t stands for Cₜ/nₜ, and the
/// share of f is Σ Cₜ/C · yₜ/nₜ, where f was on yₜ of the ticks: threads are post-strata (W. G. Cochran, *Sampling Techniques*,
/// 3rd ed. 1977, section 5A.9).
///
/// Given nₜ, a stratum's part of the estimate is right on average however few its ticks are, but less certain. Threads of few
/// are one stratum together; where no tick saw any of these, their time is shared among all others as their own is: nobody saw
/// what it was.
public struct ThreadStrata: Sendable, Equatable {
    /// By thread.
    public let ofThread: [Int]
    public let count: Int
    /// Whether no tick saw the first, which is of all threads of few ticks.
    public let isFirstUnseen: Bool

    /// - Parameters:
    ///   - samples: of one process.
    ///   - threads: how many the profile has.
    ///   - clock: on the wall clock a thread's ticks follow from its life, and all are one stratum.
    public init(_ samples: [Sample], threads: Int, clock: Clock) {
        var counts = [Int](repeating: 0, count: threads)
        if clock == .cpu {
            for sample in samples where sample.nanoseconds > 0 && counts.indices.contains(sample.thread) {
                counts[sample.thread] += 1
            }
        }
        let large = counts.indices.filter { counts[$0] >= Self.enough }
        isFirstUnseen = counts.allSatisfy { $0 == 0 || $0 >= Self.enough }
        // One alone has all of the time.
        let own = isFirstUnseen && large.count == 1 ? [] : large
        var ofThread = [Int](repeating: 0, count: threads)
        for (stratum, thread) in own.enumerated() { ofThread[thread] = stratum + 1 }
        self.ofThread = ofThread
        count = own.count + 1
    }

    /// The stratum of a thread; that of those of few ticks for one which the profile does not have.
    public func stratum(of thread: Int) -> Int { ofThread.indices.contains(thread) ? ofThread[thread] : 0 }

    /// Ticks under which a thread is no stratum of its own.
    private static let enough = 10
}
