/// Which of two designs is likelier to be right at a place where they differ by more than chance.
///
/// Rules over evidence, no two of which apply to the same dispute. Where none does, one cannot tell,
/// and the verdict says so.
struct Verdict: Equatable {
    /// `nil` where one cannot tell.
    var likelier: String?
    var rule: VerdictRule
    /// One sentence.
    var text: String
}

extension Verdict {
    private static let rules: [@Sendable (Dispute) -> Verdict?] = [
        { LockstepVerdict.on($0) }, { LongCallsVerdict.on($0) }, { ManyCallsVerdict.on($0) },
    ]

    init(on dispute: Dispute) {
        self = Self.rules.lazy.compactMap { $0(dispute) }.first ?? .cannotTell(dispute)
    }

    private static func cannotTell(_ dispute: Dispute) -> Verdict {
        let reason =
            ManyCallsVerdict.doubt(dispute) ?? LongCallsVerdict.doubt(dispute)
            ?? "nothing that was measured shows which of `\(dispute.a.name)` and `\(dispute.b.name)` is right"
        return Verdict(likelier: nil, rule: .cannotTell, text: "Cannot tell: \(reason).")
    }
}

/// A place at which two designs differ.
enum DisputedPlace: Hashable {
    case function(FunctionKey)
    case line(SourceLine)

    init(_ function: FunctionKey) { self = .function(function) }
    init(_ line: SourceLine) { self = .line(line) }
}

/// Two designs, a place, and the self share that each gives it.
struct Dispute {
    var a: DesignEvidence
    var b: DesignEvidence
    var place: DisputedPlace
    var shareA: Double
    var shareB: Double

    /// Both sides, each as the first one.
    var bothWays: [(own: DesignEvidence, ownShare: Double, other: DesignEvidence, otherShare: Double)] {
        [(a, shareA, b, shareB), (b, shareB, a, shareA)]
    }
}
