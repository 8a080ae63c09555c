import Capture
import Foundation
import Measuring
import Statistics

/// Rounds whose times vary from run to run in a known way.
struct SimulatedCell: Sendable {
    var kind: Kind
    var shape: Shape
    /// Standard deviation / mean of one time.
    var variation: Double
    var rounds: Int

    /// What is estimated.
    enum Kind: String, CaseIterable, Sendable {
        case slowdown
        case smallShare = "share of 5 %"
        case share = "share of 30 %"

        var truth: Double {
            switch self {
            case .slowdown: 1.05
            case .smallShare: 0.05
            case .share: 0.30
            }
        }
    }

    /// How times vary.
    enum Shape: String, CaseIterable, Sendable { case normal, lognormal }

    struct Outcome: Sendable {
        var trials: Trials
        var meanWidth: Double
    }

    /// Does the experiment again and again.
    func simulate(_ count: Int, using random: inout RandomSource) -> Outcome {
        var trials = Trials(successes: 0, count: count)
        var width = 0.0
        for _ in 0..<count {
            guard let bounds = estimate(&random)?.bounds else { continue }
            trials.successes += bounds.covers(kind.truth) ? 1 : 0
            width += bounds.width
        }
        return Outcome(trials: trials, meanWidth: width / Double(max(1, count)))
    }

    /// A slowdown has a time without and one with; a share the times of its function and of the rest.
    private func estimate(_ random: inout RandomSource) -> RoundsEstimate? {
        let first = times(mean: kind.truth, &random)
        switch kind {
        case .slowdown:
            return Jackknife.ratio(first, to: times(mean: 1, &random))
        case .smallShare, .share:
            let rest = times(mean: 1 - kind.truth, &random)
            return Jackknife.share(first, of: zip(first, rest).map { $0 + $1 })
        }
    }

    private func times(mean: Double, _ random: inout RandomSource) -> [Double] {
        (0..<rounds).map { _ in mean * factor(&random) }
    }

    /// Of mean 1; never below 0, which a normal one of 20 % is once in millions.
    private func factor(_ random: inout RandomSource) -> Double {
        let z = random.normal()
        switch shape {
        case .normal: return max(0, 1 + variation * z)
        case .lognormal:
            let variance = log1p(variation * variation)
            return exp(variance.squareRoot() * z - variance / 2)
        }
    }
}

extension RandomSource {
    /// Source: G. E. P. Box and M. E. Muller, Ann. Math. Statist. 29 (1958), 610–611.
    mutating func normal() -> Double {
        (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
    }
}
