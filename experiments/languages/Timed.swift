/// `sieve set|flags N PASSES`: times one of the Swift sieves from within.
@main
enum Timed {
    static func main() {
        let words = CommandLine.arguments.dropFirst()
        let (n, passes) = (
            words.dropFirst().first.flatMap { Int($0) } ?? 1_000_000, words.dropFirst(2).first.flatMap { Int($0) } ?? 1
        )
        var count = 0
        let time = ContinuousClock().measure {
            for _ in 0..<passes { count = words.first == "set" ? eratosthenes(n).count : eratosthenesByFlags(n).count }
        }
        print("{\"count\": \(count), \"seconds\": \(time / .seconds(passes))}")
    }
}
