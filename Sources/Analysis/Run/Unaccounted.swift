import ProfileModel

/// What the kernel says of a process and no figure of its profile holds: `unaccounted` in the JSON.
public struct Unaccounted: Encodable, Sendable, Equatable {
    /// Of all that the process did, 0 to 1: of its CPU time or of its wall time, whichever is more, and of what is left
    /// after that the part whose names are lost.
    public var share: Double
    /// Wall time of the process that is not in the profile.
    public var wallSeconds: Double
    /// CPU time of the process and its children that is not in the profile.
    public var cpuSeconds: Double
    /// At the least: others may have come and gone unseen.
    public var childProcesses: Int
    public var childCpuSeconds: Double
    public var reasons: [Reason] = []

    public struct Reason: Encodable, Sendable, Equatable {
        public var code: Code
        /// Null where nobody knows how much it is.
        @ExplicitNull public var share: Double?
        public var text: String
    }

    public enum Code: String, Encodable, Sendable {
        case children
        case nativeThreads = "native-threads"
        case subinterpreters
        case logEndedEarly = "log-ended-early"
        case startNotSeen = "start-not-seen"
        case endNotSeen = "end-not-seen"
        case stacksCut = "stacks-cut"
        case callsLost = "calls-lost"
        case namesLost = "names-lost"
        case unknown
    }

    /// - Parameters:
    ///   - profiles: of one design.
    ///   - lostNames: the part of the self time that is in functions whose names are lost.
    /// - Returns: `nil` where the kernel was not asked, as in other tools' profiles.
    init?(_ profiles: [Profile], lostNames: Double) {
        let balance = ProcessBalance(profiles)
        guard balance.runs > 0 else { return nil }
        wallSeconds = balance.wallUnaccounted
        cpuSeconds = balance.cpuUnaccounted
        childProcesses = balance.childProcesses
        childCpuSeconds = balance.children
        share = max(balance.part(ofCPU: cpuSeconds), balance.part(ofWall: wallSeconds))
        share += (1 - share) * lostNames
        reasons = Self.reasons(balance, profiles, lostNames)
    }

    /// Widens the worst cases by it: so much of all time may have been at any place, or at another.
    func widen(_ functions: inout [FunctionFinding], _ lines: inout [LineFinding]) {
        functions = functions.map { $0.widened(by: share) }
        lines = lines.map { $0.widened(by: share) }
    }

    /// Raises the upper bounds of total times: any function may be in what is missing of stacks that are cut.
    func raiseTotals(_ functions: inout [FunctionFinding], _ lines: inout [LineFinding]) {
        guard cutStacks > 0 else { return }
        for at in functions.indices { functions[at].total.raise(by: cutStacks) }
        for at in lines.indices { lines[at].total.raise(by: cutStacks) }
    }

    /// The part of the samples whose stacks are cut.
    var cutStacks: Double { reasons.first { $0.code == .stacksCut }?.share ?? 0 }

    /// Past this part it is a caveat.
    private static let tolerated = 0.01

    public var isTolerable: Bool { share <= Self.tolerated }

    var caveats: [Caveat] { [caveat, caveatOfCutStacks].compactMap { $0 } }

    /// Whether nothing worth a word is missing.
    public var isNothing: Bool { isTolerable && cutStacks <= Self.tolerated && isKnown }

    /// Whether it can be told how much is missing: a reason without a share may stand for any part.
    public var isKnown: Bool { reasons.allSatisfy { $0.share != nil } }

    private var caveatOfCutStacks: Caveat? {
        guard cutStacks > Self.tolerated else { return nil }
        return Caveat(
            code: "stacks-cut",
            text:
                "\(Words.percent(cutStacks, 1)) of the samples have stacks deeper than \(Self.deepest.grouped) frames, of which those "
                + "nearest to the root are missing: the bounds of total times allow for it.")
    }

    var caveat: Caveat? {
        guard !isTolerable else { return nil }
        let causes = reasons.filter { $0.share.map { $0 > Self.tolerated / 10 } ?? true }.map(\.text)
        return Caveat(
            code: "unaccounted",
            text: "\(Words.percent(share, 1)) of what the process did is in no figure here"
                + (causes.isEmpty ? "." : ": " + causes.joined(separator: "; ") + "."))
    }
}

extension Unaccounted {
    private static func reasons(_ balance: ProcessBalance, _ profiles: [Profile], _ lostNames: Double) -> [Reason] {
        let cut = cutPart(profiles)
        let timed: [Reason?] = [
            reason(.children, balance.part(ofCPU: balance.children), isThere: balance.childProcesses > 0) {
                "child processes\(balance.followsChildren ? " that were not followed" : "") (\(balance.childProcesses.grouped) or more) used \(time(balance.children)) of CPU time"
            },
            reason(
                .children, balance.part(ofCPU: balance.children),
                isThere: balance.childProcesses == 0 && balance.children > 0
            ) {
                "child processes used \(time(balance.children)) of CPU time before their profiles begin and after they end"
            },
            reason(.nativeThreads, balance.part(ofCPU: balance.others), isThere: balance.others > 0) {
                "\(count(balance.otherThreads, "thread", "threads")) that ran no Python when looked at (of native code, or just "
                    + "beginning or ending) used \(time(balance.others)) of CPU time"
            },
            reason(
                balance.logEndedEarly ? .logEndedEarly : .endNotSeen, balance.part(ofWall: balance.after),
                isThere: balance.after > 0
            ) {
                balance.logEndedEarly
                    ? "the capture log ends \(time(balance.after)) before the program does"
                    : "the program went on for \(time(balance.after)) after its profile ends"
            },
            reason(.startNotSeen, balance.part(ofWall: balance.before), isThere: balance.before > 0) {
                "the interpreter ran for \(time(balance.before)) before the program's first line"
            },
            reason(.unknown, balance.part(ofCPU: balance.unknown), isThere: balance.unknown > 0) {
                "\(time(balance.unknown)) of CPU time were in no thread that was seen"
            },
            reason(.unknown, balance.part(ofWall: balance.unseen), isThere: balance.unseen > 0) {
                "no tick saw a stack in \(time(balance.unseen))"
            },
            reason(.namesLost, lostNames, isThere: lostNames > 0) {
                "code that was gone before it could be named took \(Words.percent(lostNames, 1))"
            },
            reason(.stacksCut, cut, isThere: cut > 0) {
                "stacks were too deep to be kept whole, so total times miss what is nearest to the root"
            },
        ]
        return timed.compactMap { $0 } + noted(profiles, lost: balance.part(ofWall: balance.lost))
    }

    private static func reason(_ code: Code, _ share: Double, isThere: Bool, _ text: () -> String) -> Reason? {
        isThere ? Reason(code: code, share: share, text: text()) : nil
    }

    /// What a design noted of itself, mostly without knowing how much it is.
    ///
    /// - Parameter lost: the part of the wall time in which no thread was traced, where hooks were lost.
    private static func noted(_ profiles: [Profile], lost: Double) -> [Reason] {
        let codes: [String: Code] = [
            "subinterpreters": .subinterpreters, "profile-function-replaced": .callsLost,
            "trace-function-replaced": .callsLost,
            "log-full": .logEndedEarly, "greenlets": .callsLost, "hook-refused": .callsLost,
            "native-threads-lost": .nativeThreads,
        ]
        var seen: Set<Code> = []
        return profiles.flatMap(\.caveats).compactMap { caveat in
            codes[caveat.code].flatMap { code in
                let share = ProcessBalance.losses.contains(caveat.code) && lost > 0 ? lost : nil
                return seen.insert(code).inserted ? Reason(code: code, share: share, text: caveat.text) : nil
            }
        }
    }

    /// The same as `StackRoom.largestDepth` of Capture, which Analysis does not know: a test holds them together.
    static let deepest = 2048

    /// The part of a sampler's samples whose stacks reached the deepest frame that is kept.
    private static func cutPart(_ profiles: [Profile]) -> Double {
        let parts = profiles.filter { $0.kind == .sampling }.map { profile in
            let depths = profile.stacks.depths
            let cut = profile.samples.count { depths[$0.stack.index] >= deepest }
            return Double(cut) / Double(max(1, profile.samples.count))
        }
        return parts.reduce(0, +) / Double(max(1, parts.count))
    }

    private static func count(_ number: Int, _ one: String, _ many: String) -> String {
        number == 1 ? "1 \(one)" : "\(number.grouped) \(many)"
    }

    private static func time(_ seconds: Double) -> String {
        switch seconds {
        case ..<0.9995: "\(Int((seconds * 1000).rounded())) ms"
        case ..<1000: "\(Double(Int((seconds * 100).rounded())) / 100) s"
        default: "\(Words.count(seconds)) s"
        }
    }
}

extension [FunctionFinding] {
    /// The self time of code whose name could not be had.
    var partWithoutName: Double { reduce(0) { $0 + ($1.name == "<gone>" ? $1.`self`.share ?? 0 : 0) } }
}

extension FunctionFinding {
    func widened(by unaccounted: Double) -> FunctionFinding {
        var wide = self
        (wide.`self`, wide.total) = (self.`self`.widened(by: unaccounted), total.widened(by: unaccounted))
        return wide
    }
}

extension LineFinding {
    func widened(by unaccounted: Double) -> LineFinding {
        var wide = self
        (wide.`self`, wide.total) = (self.`self`.widened(by: unaccounted), total.widened(by: unaccounted))
        return wide
    }
}

extension Estimate {
    /// Its upper bounds, where so much more may belong to it.
    mutating func raise(by part: Double) {
        high = high.map { min(1, $0 + part) }
        worstHigh = worstHigh.map { min(1, $0 + part) }
    }

    /// Its worst case, where so much of all time may have been here or elsewhere.
    func widened(by unaccounted: Double) -> Estimate {
        var wide = self
        wide.worstLow = worstLow.map { $0 * (1 - unaccounted) }
        wide.worstHigh = worstHigh.map { $0 * (1 - unaccounted) + unaccounted }
        return wide
    }
}
