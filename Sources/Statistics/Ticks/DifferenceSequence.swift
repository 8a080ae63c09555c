/// The differences of order three by which the variance of jittered ticks is told from their phases.
///
/// D eₖ = Σⱼ cⱼ (eₖ₊ⱼ − eₖ₊ⱼ₊₁) over a window of four neighbours, that is Σ dⱼ eₖ₊ⱼ with Σ d = 0 and Σ d² = 1.
/// Then E(D e)² = Σ dⱼ² Var(eₖ₊ⱼ) + (Σ dⱼ E eₖ₊ⱼ)²: summed over the windows it is the variance of Σe where
/// the chances do not change, and never less. A phase that changes once costs Σ cⱼ². Of all sequences the
/// least is 1/λ, λ the greatest eigenvalue of the second differences, with c its eigenvector:
/// c ∝ (1, −√2, 1), λ = 2 + √2. So a change costs 0.29 where a pair charges it 1/2; its true variance is
/// b(1 − b) ≤ 1/4, b the part of the interval before it. Longer sequences come nearer to 1/4, but
/// see less that is independent, and in simulation lose coverage where N is 100.
///
/// Sources: K. M. Wolter, Introduction to Variance Estimation, 2nd ed. (2007), section 8.2 (contrasts of
/// higher order in systematic samples); P. Hall, J. W. Kay and D. M. Titterington, Biometrika 77 (1990),
/// 521–528, section 2, which chooses d for independent errors and not, as here, for steps.
public enum DifferenceSequence {
    /// c: what the three differences of neighbours in a window are multiplied by.
    public static let ofPairs: [Double] = {
        let norm = (4 * (2 + 2.0.squareRoot())).squareRoot()
        return [1 / norm, -2.0.squareRoot() / norm, 1 / norm]
    }()

    /// Σ ρ² over all lags, ρ the autocorrelation of D e for independent e: M windows say as much about a
    /// variance as M/Σρ² independent squares do.
    static let windowsPerFreedom = 2.4785533905932737
    /// The same of the differences of pairs, whose ρ is 1 and −1/2 on either side.
    static let pairsPerFreedom = 1.5
}
