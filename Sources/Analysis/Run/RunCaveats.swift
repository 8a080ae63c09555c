import ProfileModel

/// What a reader has to know of a sampling run's size and losses.
enum RunCaveats {
    /// Valid ticks under which a run says next to nothing.
    private static let fewTicks = 10.0
    /// The part of the ticks due that may fail without a word.
    private static let toleratedFailures = 0.01
    /// The part of the ticks due that may be missed without a word.
    private static let toleratedMisses = 0.05

    static func fewSamples(_ valid: Double) -> Caveat? {
        guard valid < fewTicks else { return nil }
        return Caveat(
            code: "few-samples",
            text: valid == 0
                ? "No valid sample: there is nothing to say; run longer or raise the rate."
                : "Only \(Int(valid)) valid samples: run longer or raise the rate.")
    }

    /// Ticks that gave nothing are not missing at random.
    static func missedTicks(_ ledger: Ledger?) -> Caveat? {
        guard let ledger, ledger.due > 0 else { return nil }
        guard Double(ledger.missed) > toleratedMisses * Double(ledger.due) else { return lostThreads(ledger) }
        return Caveat(
            code: "missed-ticks",
            text: "\(ledger.missed) of \(ledger.due) ticks (\(percent(Double(ledger.missed) / Double(ledger.due)))) saw no stack, "
                + "and not at random; only the worst-case bounds allow for what they would have shown.")
    }

    /// The same of single threads, at ticks that saw others.
    private static func lostThreads(_ ledger: Ledger) -> Caveat? {
        let all = ledger.threadSamples + ledger.threadSamplesLost
        guard Double(ledger.threadSamplesLost) > toleratedMisses * Double(all) else { return nil }
        return Caveat(
            code: "missed-ticks",
            text: "\(ledger.threadSamplesLost) of \(all) stacks (\(percent(Double(ledger.threadSamplesLost) / Double(all)))) of single "
                + "threads were not seen, and not at random; only the worst-case bounds allow for what they would have shown.")
    }

    static func failedSamples(_ ledger: Ledger?) -> Caveat? {
        guard let ledger, ledger.due > 0, Double(ledger.failed) > toleratedFailures * Double(ledger.due) else {
            return nil
        }
        return Caveat(
            code: "failed-samples",
            text: "\(ledger.failed) of \(ledger.due) ticks (\(percent(Double(ledger.failed) / Double(ledger.due)))) "
                + "found a stack that could not be verified; the worst-case bounds allow for them.")
    }
}
