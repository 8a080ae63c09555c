@preconcurrency import CGSL

/// A seeded generator of GSL: the Mersenne Twister of Matsumoto & Nishimura (1998).
struct RandomSource: ~Copyable {
    let pointer: UnsafeMutablePointer<gsl_rng>

    init(seed: UInt) {
        GSLErrors.areReturned
        pointer = gsl_rng_alloc(gsl_rng_mt19937)
        gsl_rng_set(pointer, seed)
    }

    deinit { gsl_rng_free(pointer) }

    /// A whole number from 0 on, each equally likely.
    func index(below count: Int) -> Int { Int(gsl_rng_uniform_int(pointer, UInt(count))) }

    func coin() -> Bool { gsl_rng_uniform_int(pointer, 2) == 1 }
}
