import ProfileModel
import Statistics

/// What a sampler's samples cost the threads that they are taken of: their CPU time, in nanoseconds a sample.
///
/// It is what the calibrating program's loops take longer in all, over the samples that were taken in them. What a thread
/// waits for the sampler is not in it. Samples in Python code and in C code are two items of `CrossedEffects`.
public enum SampleCalibration {
    /// `nil` under three rounds, and where too few samples were taken.
    public static func costs(_ rounds: [CalibrationRound], date: String) -> ProbeCosts? {
        let found = rounds.compactMap { $0.sampleCosts() }
        guard found.count == rounds.count, found.count >= ProbeCalibration.fewestRounds else { return nil }
        return ProbeCosts(
            [.sample], CrossedEffects([found.map { round in round.map { [$0] } }]), processes: rounds.count, date: date)
    }
}

extension CalibrationRound {
    /// Fewer samples tell nothing.
    private static let fewestSamples = 5

    /// In loops of Python calls, and in those of C calls; `nil` where there are too few samples.
    fileprivate func sampleCosts() -> [Double]? {
        let (plain, sampled) = (PrintedLoops(control), PrintedLoops(traced))
        let samples = samplesByKind()
        let costs = [CalibrationLoop.Kind.python, .c].compactMap { kind -> Double? in
            guard let count = samples[kind], count >= Self.fewestSamples else { return nil }
            let added = sampled.total(of: kind, at: sampled.pace) - plain.total(of: kind, at: sampled.pace)
            return added / Double(count)
        }
        return costs.count == 2 ? costs : nil
    }

    private func samplesByKind() -> [CalibrationLoop.Kind: Int] {
        let kinds = Places(ofStacks: CalibrationPath.ofAll(profile).map { $0?.loop.kind })
        let counts = EventCounts(kinds, profile, Scope(wholeOf: profile)).calls
        return Dictionary(uniqueKeysWithValues: zip(kinds.keys, counts.map { Int(clamping: $0) }))
    }
}
