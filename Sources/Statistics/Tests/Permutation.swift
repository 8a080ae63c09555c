import CGSL

/// What chance alone does to a statistic.
public struct NullDistribution: Sendable, Equatable {
    /// The mean of the statistic under chance: the floor that noise sets to it.
    public var mean: Double
    /// Probability, under chance, of a statistic at least as large as the observed one.
    public var p: Double
}

/// How the runs of two programs or designs belong together, and so which labels chance may exchange.
public enum RunPairing: Sendable, Equatable {
    /// So many rounds, in each of which both ran once: labels are swapped within rounds.
    case rounds(Int)
    /// So many runs of each on its own: labels are dealt out freely.
    case free(Int, Int)
}

/// Permutation of two labels.
///
/// If two designs differ by chance alone, then swapping their labels in any round changes nothing but
/// chance (Fisher, *The Design of Experiments*, 1935, §21). Runs that were not paired in rounds may have any labels
/// (E. J. G. Pitman, *Suppl. J. R. Stat. Soc.* 4, 1937, 119–130): so five runs each have 252 patterns where five
/// rounds have 32. Up to 4,096 patterns all are gone through, and p is the part of them whose statistic is at least
/// the observed one, which is itself one of them. Beyond, 4,096 random patterns and the observed one are (Phipson &
/// Smyth, *Stat. Appl. Genet. Mol. Biol.* 9, 2010, eq. 2).
///
/// A statistic that does not tell which label is which, as total variation, is the same for a pattern
/// and for its opposite: its least possible p is two patterns' where the opposite is a pattern, too.
public enum Permutation {
    static let mostPatterns = 4096

    /// The least p that a statistic that is symmetric in the labels can reach.
    public static func leastP(_ pairing: RunPairing) -> Double {
        let patterns = patterns(pairing)
        guard patterns <= Double(mostPatterns) else { return 1 / Double(mostPatterns + 1) }
        switch pairing {
        case .rounds: return min(1, 2 / patterns)
        case .free(let a, let b): return (a == b ? 2 : 1) / patterns
        }
    }

    /// How many ways there are to give out the labels.
    static func patterns(_ pairing: RunPairing) -> Double {
        GSLErrors.areReturned
        switch pairing {
        case .rounds(let count): return Double(sign: .plus, exponent: count, significand: 1)
        case .free(let a, let b): return gsl_sf_choose(UInt32(clamping: a + b), UInt32(clamping: a)).rounded()
        }
    }

    /// Goes through patterns of labels.
    ///
    /// - Parameter statistic: of the runs that bear the first label: by round whether it is the first design's own
    ///   run that does; of free runs, by run, those of the first design before those of the second.
    public static func test(_ pairing: RunPairing, seed: UInt, statistic: ([Bool]) -> Double) -> NullDistribution {
        let own = observed(pairing)
        var tally = Tally(observed: statistic(own))
        let random = RandomSource(seed: seed)
        if patterns(pairing) <= Double(mostPatterns) {
            others(pairing) { tally.add(statistic($0)) }
        } else {
            for _ in 0..<mostPatterns { tally.add(statistic(random.labels(pairing))) }
        }
        return tally.null
    }
}

extension Permutation {
    /// The labels as they are.
    private static func observed(_ pairing: RunPairing) -> [Bool] {
        switch pairing {
        case .rounds(let count): Array(repeating: true, count: count)
        case .free(let a, let b): Array(repeating: true, count: a) + Array(repeating: false, count: b)
        }
    }

    /// Every pattern but the observed one.
    private static func others(_ pairing: RunPairing, _ visit: ([Bool]) -> Void) {
        switch pairing {
        case .rounds(let count):
            for pattern in 1..<max(1, 1 << count) { visit((0..<count).map { pattern >> $0 & 1 == 0 }) }
        case .free(let a, let b):
            // GSL's first combination is the observed pattern.
            guard let combination = gsl_combination_calloc(a + b, a) else { return }
            defer { gsl_combination_free(combination) }
            while gsl_combination_next(combination) == Int32(GSL_SUCCESS) {
                var labels = [Bool](repeating: false, count: a + b)
                for at in 0..<a { labels[gsl_combination_get(combination, at)] = true }
                visit(labels)
            }
        }
    }

    /// Counts what is at least the observed statistic; begins with the observed one.
    private struct Tally {
        let observed: Double
        var sum: Double
        var patterns = 1
        var atLeast = 1

        init(observed: Double) {
            self.observed = observed
            sum = observed
        }

        mutating func add(_ value: Double) {
            patterns += 1
            sum += value
            // Equal statistics that were summed in another order may differ in their last bits.
            if value >= observed * (1 - 1e-9) { atLeast += 1 }
        }

        var null: NullDistribution {
            NullDistribution(mean: sum / Double(patterns), p: Double(atLeast) / Double(patterns))
        }
    }
}

extension RandomSource {
    /// A random pattern of labels.
    fileprivate func labels(_ pairing: RunPairing) -> [Bool] {
        switch pairing {
        case .rounds(let count): return (0..<count).map { _ in coin() }
        case .free(let a, let b):
            var labels = Array(repeating: true, count: a) + Array(repeating: false, count: b)
            for at in labels.indices.dropFirst().reversed() { labels.swapAt(at, index(below: at + 1)) }
            return labels
        }
    }
}
