// The same, repaired: the statistics are in a lock, and there is no way to them around it.
import Synchronization

final class Statistics: Sendable {
    let samples = Mutex<[String: Int]>([:])
}

func profile() async {
    let statistics = Statistics()
    let sampler = Task.detached {
        statistics.samples.withLock { $0["eratosthenes", default: 0] += 1 }
    }
    statistics.samples.withLock { $0["main", default: 0] += 1 }
    await sampler.value
}
