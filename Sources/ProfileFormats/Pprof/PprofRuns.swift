import ProfileModel

/// Threads that stand still, as one sample of the file for many ticks in a row: a file of many waiting threads would be too large
/// to be read.
///
/// Such a sample has the values of all its ticks together. The first sample of each tick is never a part of another's run, and
/// tells when the tick was for those that are.
enum PprofRuns {
    /// Fewer samples are written one by one, as other tools like them best.
    static let fewest = 1 << 20
    /// More samples than this are not made of a file.
    private static let most = 1 << 27

    /// How many samples each sample stands for, itself included, in order; 0 for those that another stands for.
    static func lengths(_ samples: [Sample], from fewest: Int) -> [Int]? {
        guard samples.count >= fewest, isInOrder(samples) else { return nil }
        var lengths = [Int](repeating: 1, count: samples.count)
        var open: [Int: (first: Int, last: Int)] = [:]
        var reference = 0
        for (at, sample) in samples.enumerated() {
            let isFirst = at == 0 || samples[at - 1].tick != sample.tick
            if isFirst { reference = at }
            if !isFirst, sample.instant == samples[reference].instant, let run = open[sample.thread],
                follows(sample, samples[run.last])
            {
                lengths[run.first] += 1
                lengths[at] = 0
                open[sample.thread] = (run.first, at)
            } else {
                open[sample.thread] = (at, at)
            }
        }
        return lengths
    }

    private static func isInOrder(_ samples: [Sample]) -> Bool {
        zip(samples, samples.dropFirst()).allSatisfy { one, next in
            guard let tick = one.tick, let after = next.tick, next.instant != nil else { return false }
            return (tick, one.thread) < (after, next.thread)
        } && samples.first?.instant != nil
    }

    private static func follows(_ sample: Sample, _ last: Sample) -> Bool {
        var expected = last
        expected.tick = last.tick.map { $0 + 1 }
        expected.instant = sample.instant
        return sample == expected
    }

    /// Puts the samples back that others stand for.
    static func expand(_ samples: [Sample], _ lengths: [Int: Int]) throws(FormatError) -> [Sample] {
        if lengths.isEmpty { return samples }
        guard lengths.values.reduce(samples.count, { $0 &+ $1 }) <= most else {
            throw .tooLarge("the file tells of more than \(most) samples")
        }
        let instants = instants(samples)
        var all: [Sample] = []
        for (at, sample) in samples.enumerated() {
            let length = lengths[at] ?? 1
            guard let tick = sample.tick, length > 0, tick <= Int.max - length, sample.count % Int64(length) == 0,
                sample.nanoseconds % Int64(length) == 0
            else {
                throw .damaged("a sample stands for \(length) ticks")
            }
            var one = sample
            (one.count, one.nanoseconds) = (sample.count / Int64(length), sample.nanoseconds / Int64(length))
            all.append(one)
            for number in tick + 1..<tick + length {
                guard let instant = instants[number] else { throw .damaged("tick \(number) has no sample of its own") }
                (one.tick, one.instant) = (number, instant)
                all.append(one)
            }
        }
        return all.sorted { ($0.tick ?? 0, $0.thread) < ($1.tick ?? 0, $1.thread) }
    }

    /// When each tick was, as the sample of its first thread says.
    private static func instants(_ samples: [Sample]) -> [Int: Int64] {
        var first: [Int: (thread: Int, instant: Int64)] = [:]
        for sample in samples {
            guard let tick = sample.tick, let instant = sample.instant else { continue }
            if first[tick].map({ sample.thread < $0.thread }) ?? true { first[tick] = (sample.thread, instant) }
        }
        return first.mapValues { $0.instant }
    }
}
