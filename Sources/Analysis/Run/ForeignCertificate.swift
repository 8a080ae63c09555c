import ProfileModel
import Statistics

/// What may be believed of another tool's samples, which do not say when they were taken.
struct ForeignCertificate {
    private let tool: String
    private let samples: Double

    /// `nil` where the profile is swprof's own, or has no samples.
    init?(_ profile: Profile, samples: Double) {
        guard profile.kind == .sampling, samples >= 1, profile.schedule == nil,
            profile.caveats.contains(where: { $0.code == "foreign-profile" })
        else { return nil }
        (tool, self.samples) = (profile.design, samples)
    }

    /// The best that so many samples can show, and what they cannot.
    var caveat: Caveat {
        // Of a share of ½, which scatters most.
        let variance = 0.25 / samples
        let reach = Quantile.normal(0.975) * variance.squareRoot()
        let change = DetectableChange.between(variance: variance) ?? 1
        // One-sided, 95 %: about 3/n.
        let unseen = ClopperPearson.interval(0, of: samples, confidence: 0.9)?.high ?? 1
        return Caveat(
            code: "samples-at-best",
            text:
                "At best, were its \(Words.count(samples)) samples independent, a share near 50 % would be known to within ±\(points(reach)), "
                + "two runs would have to differ by \(points(change)) to show it, and a function that no sample saw could take \(points(unseen)). "
                + "\(schedule) What \(tool) missed, and what ran before it looked, is in none of its figures."
        )
    }

    private func points(_ part: Double) -> String { Words.decimals(100 * part, 2) + " %" }

    /// Tools that look at equal gaps.
    private static let periodic: Set<String> = ["austin", "pyinstrument", "scalene", "tachyon"]
    /// Tools that look at exponential gaps (py-spy's `Timer`), which their files do not tell.
    private static let random: Set<String> = ["py-spy"]

    private var schedule: String {
        if Self.random.contains(tool.lowercased()) {
            return "\(tool) looks at random gaps, with which no program is in step, but its file does not have them."
        }
        let gaps =
            Self.periodic.contains(tool.lowercased())
            ? "\(tool) looks at equal gaps" : "Most tools look at equal gaps"
        return "\(gaps): a program in step with them is shown wrong, however many samples there are."
    }
}
