import ProfileModel

/// What a reader has to know of a sampling run's size and losses.
enum RunCaveats {
    /// Valid ticks under which a run says next to nothing.
    private static let fewTicks = 10.0
    /// The part of the ticks due that may fail without a word.
    private static let toleratedFailures = 0.01
    /// The part of the ticks due that may be missed without a word.
    private static let toleratedMisses = 0.01
    /// Functions that are named as those around which ticks were lost.
    private static let mostNamed = 2

    static func fewSamples(_ valid: Double) -> Caveat? {
        guard valid < fewTicks else { return nil }
        return Caveat(
            code: "few-samples",
            text: valid == 0
                ? "No sample is valid, so there is no figure: run longer or raise the rate."
                : "Only \(Int(valid)) valid \(valid < 2 ? "sample" : "samples"): run longer or raise the rate.")
    }

    /// Ticks that gave nothing are not missing at random.
    ///
    /// - Parameters:
    ///   - places: the functions that were on top around them, with their parts of what was lost.
    ///   - isFilled: whether their neighbours stand for them.
    static func missedTicks(_ ledger: Ledger?, around places: LostPlaces, isFilled: Bool) -> Caveat? {
        guard let ledger, ledger.due > 0 else { return nil }
        let part = Double(ledger.missed) / Double(ledger.due)
        guard part > toleratedMisses else { return lostThreads(ledger, places, isFilled) }
        return Caveat(
            code: "missed-ticks",
            text:
                "\(ledger.missed.grouped) of \(ledger.due.grouped) ticks (\(Words.percent(part, 1))) saw no stack\(around(places)). \(allowance(isFilled))"
        )
    }

    /// The same of single threads, at ticks that saw others.
    private static func lostThreads(_ ledger: Ledger, _ places: LostPlaces, _ isFilled: Bool) -> Caveat? {
        let all = ledger.threadSamples + ledger.threadSamplesLost
        let part = Double(ledger.threadSamplesLost) / Double(max(1, all))
        guard part > toleratedMisses else { return nil }
        return Caveat(
            code: "missed-ticks",
            text:
                "\(ledger.threadSamplesLost.grouped) of \(all.grouped) stacks (\(Words.percent(part, 1))) of single threads were not seen\(around(places)). \(allowance(isFilled))"
        )
    }

    private static func allowance(_ isFilled: Bool) -> String {
        isFilled
            ? "Neighbouring ticks stand for them, so the intervals are wider; the worst-case bounds hold whatever the lost ticks would have shown."
            : "Ticks are not lost at random, and only the worst-case bounds allow for that."
    }

    private static func around(_ places: LostPlaces) -> String {
        let named = places.parts.prefix(mostNamed).map { "`\($0.function)` (\(Words.percent($0.part, 1)))" }
        return named.isEmpty ? "" : ", most of them around " + named.joined(separator: " and ")
    }

    static func failedSamples(_ ledger: Ledger?) -> Caveat? {
        guard let ledger, ledger.due > 0, Double(ledger.failed) > toleratedFailures * Double(ledger.due) else {
            return nil
        }
        return Caveat(
            code: "failed-samples",
            text:
                "\(ledger.failed.grouped) of \(ledger.due.grouped) ticks (\(Words.percent(Double(ledger.failed) / Double(ledger.due), 1))) "
                + "found a stack that could not be verified; the worst-case bounds allow for them.")
    }
}
