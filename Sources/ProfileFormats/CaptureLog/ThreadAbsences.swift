import Capture

/// At how many ticks threads were away: there before and after, but without Python, as threads of native code are between
/// two calls of it.
///
/// A tick is at a uniformly random instant of its interval, so their part of a life's ticks is on average that of its time.
struct ThreadAbsences {
    private struct Life {
        var first: Int
        var last: Int
        var present = 0

        mutating func see(at look: Int) {
            last = look
            present += 1
        }
    }

    /// By the thread's index in the log, which is any number in a damaged one.
    private var lives: [UInt32: Life] = [:]
    /// Ticks at which the sampler looked.
    private var looks = 0

    mutating func enter(_ tick: TickRecord) {
        guard tick.taken > 0 else { return }
        looks += 1
        for sample in tick.threads {
            lives[sample.thread, default: Life(first: looks, last: looks)].see(at: looks)
        }
    }

    /// The part of a thread's life that it was there; all of it for one that no tick saw.
    func presence(of thread: UInt32) -> Double {
        guard let life = lives[thread] else { return 1 }
        return min(1, Double(life.present) / Double(life.last - life.first + 1))
    }
}
