// The same, repaired: the flags themselves are returned, and live as long as somebody has them.
func eratosthenes(_ n: Int) -> [Bool] {
    var isNonPrime = Array(repeating: false, count: n)
    for i in 2..<n where !isNonPrime[i] {
        for multiple in stride(from: i * i, to: n, by: i) { isNonPrime[multiple] = true }
    }
    return isNonPrime
}
