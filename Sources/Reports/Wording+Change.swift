import Analysis

/// Sentences about what a change did, which the terminal and the HTML report share.
extension Wording {
    /// `The new version takes 1.31 s where the old one takes 1.92 s: 32 % less [28, 35]; …`
    static func verdict(_ change: ChangeFindings) -> String {
        let changed = change.functions.filter { [.more, .less].contains($0.verdict) }
        let ending = change.estimand == .thisRun ? ofOneRun : rest(change)
        let moves = change.functions.filter { $0.moved?.isHere == true }.prefix(mostNames).map(move)
        return ([duration(change)] + [most(changed, of: change)].compactMap { $0 } + moves + [ending])
            .joined(separator: "; ") + "."
    }

    private static let mostNames = 3
    private static let ofOneRun =
        "whether the program changed, one run of each cannot tell, for repeats of one program differ too"

    static func changesHeading(_ change: ChangeFindings) -> String {
        change.estimand == .thisRun
            ? "Functions, by how far these two runs differ in their own time"
            : "Functions, by the change of their own time"
    }

    private static func duration(_ change: ChangeFindings) -> String {
        let times = change.duration.seconds
        let (whose, verb) = change.estimand == .thisRun ? ("In these two runs the", "took") : ("The", "takes")
        return "\(whose) new version \(verb) \(Figures.seconds(times.after)) where the old one \(verb) "
            + "\(Figures.seconds(times.before)): \(ratio(change.duration))"
    }

    /// `32 % less [28, 35]`; more is below 0 in those brackets.
    private static func ratio(_ duration: DurationChange) -> String {
        guard let ratio = duration.ratio else { return "no time that can be compared" }
        let percent = (ratio.ratio - 1) * 100
        let digits = abs(percent) < 9.95 ? 1 : 0
        let figure = "\(Figures.fixed(abs(percent), digits)) % \(percent < 0 ? "less" : "more")"
        guard let low = ratio.low, let high = ratio.high else { return figure + ", and nothing says how sure that is" }
        let ends = [(low - 1) * 100, (high - 1) * 100].map { percent < 0 ? -$0 : $0 }.sorted()
        let bounds = " [\(Figures.fixed(ends[0], digits)), \(Figures.fixed(ends[1], digits))]"
        return figure + bounds + (duration.isBeyondChance ? "" : ", which chance explains")
    }

    /// The functions that changed most.
    private static func most(_ changed: [PlaceChange], of change: ChangeFindings) -> String? {
        guard let first = changed.first else { return likely(change) }
        let names = changed.prefix(mostNames).map(named)
        let more = changed.count > mostNames ? ["\(Figures.count(changed.count - mostNames)) more functions"] : []
        guard isMost(first, of: change) else { return (names + more).joined(separator: ", ") }
        return ([names[0] + " is most of it"] + names.dropFirst() + more).joined(separator: ", ")
    }

    /// The whole may be sure before any function is.
    private static func likely(_ change: ChangeFindings) -> String? {
        guard let first = change.functions.max(by: { abs($0.own.change.mean) < abs($1.own.change.mean) }),
            isMost(first, of: change), first.verdict != .moved
        else { return nil }
        return "most of it seems to be in `\(first.qualname)`"
    }

    private static func isMost(_ place: PlaceChange, of change: ChangeFindings) -> Bool {
        let whole = change.duration.seconds.change.mean
        return change.duration.isBeyondChance && place.own.change.mean * whole > 0
            && abs(place.own.change.mean) >= abs(whole) / 2
    }

    /// `` `parse` (x.py:10) −0.40 s``
    private static func named(_ place: PlaceChange) -> String {
        "`\(place.qualname)` (\(self.place(place))) \(signed(place.own.change.mean))"
    }

    private static func move(_ place: PlaceChange) -> String {
        let from = place.moved?.functions.prefix(mostNames).map { "`\($0)`" }.joined(separator: ", ") ?? ""
        return "\(Figures.seconds(place.moved?.seconds ?? 0)) moved from \(from) to `\(place.qualname)`"
    }

    private static func rest(_ change: ChangeFindings) -> String {
        if change.functions.contains(where: { $0.verdict == .cannotTell }) {
            return "these profiles cannot show which functions changed"
        }
        return change.functions.contains(where: \.isChanged)
            ? "nothing else changed that chance does not explain"
            : "no function changed by more than chance explains"
    }
}

/// The cells of a table of changes.
extension Wording {
    /// `x.py:10`, in the new version where that has it.
    static func place(_ place: PlaceChange) -> String {
        let line = (place.line ?? place.lineBefore).map { ":\($0)" } ?? ""
        return place.file + line + (place.isGone ? " before" : "")
    }

    /// `−0.40 s [−0.43, −0.37]`, all in one unit.
    static func changes(_ intervals: [Interval]) -> [ShareText] {
        let most = intervals.map { abs($0.mean) }.max() ?? 0
        return intervals.map { most < 1 ? text($0, 1000, most < 0.1 ? 1 : 0, " ms") : text($0, 1, 2, " s") }
    }

    static func points(_ interval: Interval) -> ShareText { text(interval, 100, 1, "") }

    private static func text(_ interval: Interval, _ factor: Double, _ digits: Int, _ unit: String) -> ShareText {
        func figure(_ value: Double) -> String { Figures.fixed(value * factor, digits) }
        var text = ShareText(share: plus(interval.mean) + figure(interval.mean) + unit)
        if let low = interval.low, let high = interval.high { text.bounds = "[\(figure(low)), \(figure(high))]" }
        return text
    }

    private static func signed(_ seconds: Double) -> String { plus(seconds) + Figures.seconds(seconds) }
    private static func plus(_ value: Double) -> String { value > 0 ? "+" : "" }

    /// What a row says behind its figures.
    static func why(_ place: PlaceChange) -> String {
        if let moved = place.moved {
            let names = moved.functions.prefix(1).joined()
            let more = moved.functions.count > 1 ? ", …" : ""
            let ways = moved.isHere ? "from" : "to"
            return "\(Figures.seconds(moved.seconds)) \(ways) \(names)\(more)"
        }
        return place.isNew ? "new" : place.isGone ? "gone" : ""
    }

    /// The one row of those that did not change; `nil` where all did.
    static func unchanged(_ places: [PlaceChange], _ thing: String) -> String? {
        let others = places.filter { !$0.isChanged }
        guard !others.isEmpty else { return nil }
        let count = "\(Figures.count(others.count)) \(others.count == places.count ? "" : "other ")"
        let things = count + thing + (others.count == 1 ? "" : "s")
        let sum = signed(others.reduce(0) { $0 + $1.own.change.mean })
        return others.contains { $0.verdict == .cannotTell }
            ? "\(things): \(sum) together, and nothing says how sure that is"
            : "\(things): \(sum)"
                + (others.count == 1 ? ", which chance explains" : " together, none by more than chance alone")
    }

    /// What was run of each version.
    static func versions(_ change: ChangeFindings) -> [String] {
        let versions = [("before", change.before), ("after", change.after)].map { title, version in
            let name = version.name == title ? "" : "\(version.name) · "
            return "\(title): \(name)\(version.program.joined(separator: " ")) · Python \(version.python) · "
                + "\(Figures.count(version.runs)) \(version.runs == 1 ? "run" : "runs")"
        }
        return versions + [change.selfTest.map(selfTestOfBefore)].compactMap { $0 }
    }

    private static func selfTestOfBefore(_ ratio: Ratio) -> String {
        ["the version before against itself \(Figures.ratio(ratio))", drift(ratio)].compactMap(\.self).joined(
            separator: ", ")
    }

    static func interval(_ change: ChangeFindings) -> String {
        "the changes: " + estimand(change.estimand, interval: change.interval)
    }
}
