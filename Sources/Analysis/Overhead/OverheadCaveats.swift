import ProfileModel
import Statistics

/// What one has to know before believing the figures of a duet.
struct OverheadCaveats {
    private let passes: DuetPasses
    private let pairs: Int
    private let blocks: PairBlocks

    /// There are four looks for what should not be, two self-tests and two states, which together see something in one of
    /// twenty duets by chance (Bonferroni).
    private static let confidence = 1 - 0.05 / 4

    init(_ passes: DuetPasses, pairs: Int, blocks: PairBlocks) {
        (self.passes, self.pairs, self.blocks) = (passes, pairs, blocks)
    }

    var all: [Caveat] {
        [few, ofAPart].compactMap { $0 } + drifts + carriedOver + [correlated].compactMap { $0 }
    }

    private var ofAPart: Caveat? {
        passes.callsLost.map {
            Caveat(
                code: "calls-lost",
                text: "The design saw a part of each pass only, and costs as much as that part: \($0).")
        }
    }

    private var few: Caveat? {
        guard pairs < max(passes.wantedPairs, Jackknife.fewestPairs) else { return nil }
        let measured = "\(pairs) pairs of passes were measured"
        let text =
            pairs < Jackknife.fewestPairs
            ? "Only \(measured); an interval needs at least \(Jackknife.fewestPairs). Measure for more seconds, or name a "
                + "function with shorter passes."
            : "\(measured), fewer than the \(passes.wantedPairs) that were wanted: a pass takes long. Measure for more "
                + "seconds to narrow the interval."
        return Caveat(code: "few-pairs", text: text)
    }

    private var drifts: [Caveat] {
        let test = OverheadAnalysis.selfTest(passes, confidence: Self.confidence)
        return [("on", test.on), ("off", test.off)].compactMap { state, ratio in
            guard let span = Self.spanWithoutOne(ratio) else { return nil }
            return Caveat(
                code: "control-drift",
                text:
                    "The design \(state), compared with itself, has a slowdown of \(span), which excludes 1: slowdowns "
                    + "this small are not reliable here.")
        }
    }

    private var carriedOver: [Caveat] {
        let found = OverheadAnalysis.carryOver(passes, blocks, confidence: Self.confidence)
        let states = [("on", found.on, found.threadCPU.on), ("off", found.off, found.threadCPU.off)]
        return states.compactMap { state, wall, threadCPU in
            guard let span = Self.spanWithoutOne(wall) else { return nil }
            let isOfMachine = Self.spanWithoutOne(threadCPU) == nil
            return Caveat(
                code: "carry-over",
                text: "With the design \(state), later passes take \(span) times as long as those soon after a switch, "
                    + "beyond the pass that is left out, so the slowdown may be off by as much. "
                    + (isOfMachine
                        ? "The thread's CPU time shows no such difference: a busy machine deals out its processors so."
                        : "The program takes longer than that to settle."))
        }
    }

    private var correlated: Caveat? {
        guard blocks.areCorrelated, let correlation = blocks.correlationOfBlocks else { return nil }
        return Caveat(
            code: "correlated-pairs",
            text:
                "Neighbouring blocks of pairs are correlated (\(Words.decimals(correlation, 2))): the machine changes "
                + "slowly, and the interval may be too narrow. Measure for more seconds.")
    }

    /// `0.98 to 0.99`, where the interval leaves 1 out.
    private static func spanWithoutOne(_ ratio: Ratio?) -> String? {
        guard let ratio, ratio.isNotOne, let low = ratio.low, let high = ratio.high else { return nil }
        return "\(Words.decimals(low, 4)) to \(Words.decimals(high, 4))"
    }
}
