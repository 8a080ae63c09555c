import ProfileModel

/// Which times a profile reports: all of them, but where its tool reports no whole stacks.
struct ReportedTimes: Equatable {
    private let inclusive: InclusiveTimes?
    private let countsAreKnown: Bool

    init(_ profile: Profile) { (inclusive, countsAreKnown) = (profile.inclusive, profile.countsAreKnown) }

    var selfTimes: Bool { inclusive?.includeAll != true }
    /// Of lines there are totals only where stacks are known, or where the lines' own times are totals.
    var lineTotals: Bool { inclusive.map(\.includeAll) ?? true }
    var functionTotals: Bool { inclusive == nil || inclusive?.functions != nil }
    /// A tracer of lines that reports no self time of functions has not seen calls either.
    var calls: Bool { selfTimes && countsAreKnown }

    /// Nanoseconds with callees as the tool measured them, by function; `nil` where they follow from stacks. Numbers in
    /// files may be of any size, and so are no whole ones in sums.
    func measuredTotals(_ functions: [Function]) -> [Function: Double]? {
        inclusive?.functions.map { totals in
            Dictionary(zip(functions, totals.map { Double(max(0, $0)) }), uniquingKeysWith: +)
        }
    }
}

extension Estimate {
    /// Of what a tool does not measure.
    static let unknown = Estimate(share: nil, seconds: nil)

    func known(_ isKnown: Bool) -> Estimate { isKnown ? self : .unknown }
}
