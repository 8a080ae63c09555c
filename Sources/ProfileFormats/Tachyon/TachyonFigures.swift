import ProfileModel

/// Nanoseconds by location and by function, on top of stacks and anywhere on them, each stack once.
struct TachyonFigures {
    struct Row {
        var own: Int64 = 0
        var cumulative: Int64 = 0
        var count: Int64 = 0
        var isOnStacks = false
    }

    private(set) var rows: [Row]
    private(set) var functions: [Int64]
    private(set) var total: Int64 = 0
    /// The longest time of which all others are multiples.
    private(set) var unit: Int64 = 1

    init(_ profile: Profile) {
        rows = Array(repeating: Row(), count: profile.locations.count)
        functions = Array(repeating: 0, count: profile.functions.count)
        var times = [Int64](repeating: 0, count: profile.stacks.count)
        for sample in profile.samples {
            times[sample.stack.index].addClamped(max(0, sample.nanoseconds))
            guard let leaf = profile.stacks.leaf(of: sample.stack) else { continue }
            rows[leaf.index].own.addClamped(max(0, sample.nanoseconds))
            rows[leaf.index].count.addClamped(max(0, sample.count))
        }
        addTotals(profile, times)
        if let measured = profile.inclusive?.functions { take(measured, profile) }
        unit = Self.greatestCommonDivisor(rows.flatMap { [$0.own, $0.cumulative] } + functions + [total])
    }

    private mutating func addTotals(_ profile: Profile, _ own: [Int64]) {
        var inclusive = own
        for node in inclusive.indices.dropFirst().reversed() {
            inclusive[Int(profile.stacks.parents[node])].addClamped(inclusive[node])
        }
        total = inclusive.first ?? 0
        var (openPlaces, openFunctions) = ([Int](repeating: 0, count: rows.count), functions.map { _ in 0 })
        var walk = TreeWalk(profile.stacks.parents)
        while let step = walk.next() {
            switch step {
            case .enter(let node):
                let place = profile.stacks.locations[node].index
                let function = profile.locations[place].function.index
                rows[place].isOnStacks = true
                if openPlaces[place] == 0 { rows[place].cumulative.addClamped(inclusive[node]) }
                if openFunctions[function] == 0 { functions[function].addClamped(inclusive[node]) }
                openPlaces[place] += 1
                openFunctions[function] += 1
            case .leave(let node):
                let place = profile.stacks.locations[node].index
                openPlaces[place] -= 1
                openFunctions[profile.locations[place].function.index] -= 1
            }
        }
    }

    /// What a tool says of time with callees that does not follow from its stacks; of a function that is seen at one line, of the line, too.
    private mutating func take(_ measured: [Int64], _ profile: Profile) {
        for (function, time) in measured.enumerated() where functions.indices.contains(function) {
            functions[function] = max(0, time)
        }
        var places = functions.map { _ in 0 }
        for (index, row) in rows.enumerated() where row.isOnStacks {
            places[profile.locations[index].function.index] += 1
        }
        for index in rows.indices where rows[index].isOnStacks {
            let function = profile.locations[index].function.index
            if places[function] == 1 { rows[index].cumulative = functions[function] }
        }
    }

    /// 1 where all are 0.
    private static func greatestCommonDivisor(_ numbers: [Int64]) -> Int64 {
        var divisor: Int64 = 0
        for number in numbers where number > 0 {
            var other = number
            while other != 0 { (divisor, other) = (other, divisor % other) }
        }
        return max(1, divisor)
    }
}
