// Must not compile. The talk's mistake: the flags are gone when the function returns, and what is returned is a view
// of them.
@_lifetime(immortal)
func eratosthenes(_ n: Int) -> Span<Bool> {
    var isNonPrime = Array(repeating: false, count: n)
    for i in 2..<n where !isNonPrime[i] {
        for multiple in stride(from: i * i, to: n, by: i) { isNonPrime[multiple] = true }
    }
    return isNonPrime.span
}
