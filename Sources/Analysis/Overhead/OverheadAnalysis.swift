import ProfileModel
import Statistics

/// What the passes of a duet say.
public enum OverheadAnalysis {
    /// - Parameters:
    ///   - rounds: seconds that `swprof run` and the interpreter alone took for a script that does nothing, by round.
    /// - Throws: where there is not one pair.
    public static func finding(
        of passes: DuetPasses, kind: Kind, start rounds: [StartRound] = []
    ) throws(AnalysisError) -> OverheadFinding {
        let pairs = passes.pairs(of: .duet)
        guard let running = pairs.ratio(of: \.wall) else {
            throw AnalysisError("no pair of passes was measured; give the duet more seconds")
        }
        let own = pairs.ownRate(running.blocks)
        var finding = OverheadFinding(
            name: passes.design, kind: kind, rate: kind == .sampling ? passes.rate : nil, running: Ratio(running.ratio),
            cpu: pairs.ratio(of: \.cpu).map { Ratio($0.ratio) },
            threadCPU: pairs.ratio(of: \.threadCPU).map { Ratio($0.ratio) },
            own: own.map { .init(cpuSecondsPerSecond: $0.value, low: $0.bounds?.low, high: $0.bounds?.high) },
            start: StartRound.cost(rounds), pairs: pairs.count, blocks: .init(running.blocks),
            carryOver: carryOver(passes, running.blocks), selfTest: selfTest(passes), pass: pass(passes, pairs),
            interval: interval(running))
        finding.caveats = OverheadCaveats(passes, pairs: pairs.count, blocks: running.blocks).all
        return finding
    }

    private static func interval(_ running: PairsEstimate) -> String {
        running.ratio.bounds == nil
            ? "none: under \(Jackknife.fewestPairs) pairs"
            : "jackknife over \(running.blocks.count) blocks of neighbouring pairs, 95 %"
    }

    static func carryOver(_ passes: DuetPasses, _ blocks: PairBlocks, confidence: Double = 0.95) -> CarryOver {
        CarryOver(passes.passes.filter { $0.arm == .duet }, blocks: blocks.count, confidence: confidence)
    }

    static func selfTest(_ passes: DuetPasses, confidence: Double = 0.95) -> OverheadFinding.SelfTest {
        func ratio(_ arm: MeasuredPass.Arm) -> Ratio? {
            let pairs = passes.pairs(of: arm)
            guard pairs.count >= Jackknife.fewestPairs else { return nil }
            return pairs.ratio(of: \.wall, confidence: confidence).map { Ratio($0.ratio) }
        }
        return OverheadFinding.SelfTest(on: ratio(.on), off: ratio(.off))
    }

    private static func pass(_ passes: DuetPasses, _ pairs: PassPairs) -> OverheadFinding.Pass {
        let sum = pairs.denominators.reduce(0) { $0 + $1.wall }
        return OverheadFinding.Pass(calls: passes.calls, seconds: sum / Double(pairs.count))
    }
}

extension OverheadFinding.Blocks {
    init(_ blocks: PairBlocks) {
        self.init(
            count: blocks.count, correlationOfPairs: blocks.correlationOfPairs,
            correlationOfBlocks: blocks.correlationOfBlocks)
    }
}
