/// The talk's sieve as one would write it first: it reads like the Python.
func eratosthenes(_ n: Int) -> (count: Int, nonPrimes: Set<Int>) {
    var count = 0
    var nonPrimes: Set<Int> = []
    for i in 2..<max(n, 2) where !nonPrimes.contains(i) {
        count += 1
        nonPrimes.formUnion(stride(from: i * i, to: n, by: i))
    }
    return (count, nonPrimes)
}

/// The same with an array of flags, as in C: nothing is hashed. Every access is checked, and where the loop asks just
/// that, only once. Sums are not checked, for nothing that fits into memory overflows.
func eratosthenesByFlags(_ n: Int) -> (count: Int, isNonPrime: [UInt8]) {
    var isNonPrime = [UInt8](repeating: 0, count: max(n, 2))
    var flags = isNonPrime.mutableSpan
    var count = 0
    for i in 2..<flags.count where flags[i] == 0 {
        count += 1
        var multiple = i &* i
        while flags.indices.contains(multiple) {
            flags[multiple] = 1
            multiple &+= i
        }
    }
    return (count, isNonPrime)
}
