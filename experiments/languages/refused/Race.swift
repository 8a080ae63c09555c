// Must not compile. A sampler's statistics that two threads change without a lock.
final class Statistics {
    var samples: [String: Int] = [:]
}

func profile() async {
    let statistics = Statistics()
    let sampler = Task.detached {
        statistics.samples["eratosthenes", default: 0] += 1
    }
    statistics.samples["main", default: 0] += 1
    await sampler.value
}
