import Capture
import Measuring

extension Conditions {
    /// Drawn from a seed, to have them again; a sampler's schedule starts there, too.
    init(seed: UInt64) {
        var random = RandomSource(seed: seed)
        self = .random(using: &random)
        self.seed = seed
    }
}
