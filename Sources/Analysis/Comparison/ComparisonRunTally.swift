import ProfileModel

/// What one run says, by function and by line: the numbers that a round gives for one design.
struct RunTally {
    /// Nanoseconds with a place on top of the stack, and anywhere on it; and how often it was entered.
    struct Place {
        var own = 0.0
        var total = 0.0
        var calls: Int64 = 0
    }

    var functions: [Function: Place] = [:]
    /// By line of source; what a C function takes is its caller's line's, for C has no lines of its own.
    var lines: [LineKey: Place] = [:]
    /// By line, the function that it is said to be in.
    var functionOfLine: [LineKey: Function] = [:]
    var common: CommonResolution
    var whole: Double
    let told: ToldTimes
    /// Of calibrated tracers.
    private(set) var compensated: TallyCompensation?

    init(_ profile: Profile) {
        let time = TimeByStack(profile)
        let subtrees = Subtrees(of: profile.stacks, own: time.own)
        whole = time.whole
        told = ToldTimes(profile)
        common = CommonResolution(profile, time)
        tallyFunctions(profile, time, subtrees)
        tallyLines(profile, subtrees)
    }

    private mutating func tallyFunctions(_ profile: Profile, _ time: TimeByStack, _ subtrees: Subtrees) {
        let numbering = Numbering(profile.locations.map { profile.functions[$0.function.index] })
        let keys = numbering.keys(of: profile.stacks)
        var places = subtrees.totals(of: keys, count: numbering.values.count).map { Place(total: $0) }
        if let totals = told.measuredTotals(profile.functions) {
            for (place, function) in numbering.values.enumerated() { places[place].total = min(whole, totals[function] ?? 0) }
        }
        for (stack, key) in keys.enumerated() where key >= 0 { places[Int(key)].own += time.own[stack] }
        for sample in profile.samples where keys[sample.stack.index] >= 0 && !profile.isLine(sample) {
            places[Int(keys[sample.stack.index])].calls.addClamped(sample.count)
        }
        functions = Dictionary(uniqueKeysWithValues: zip(numbering.values, places))
        compensated = TallyCompensation(profile, time, functions: numbering.values, keys: keys)
    }

    private mutating func tallyLines(_ profile: Profile, _ subtrees: Subtrees) {
        let numbering = Numbering(profile.locations.map(profile.line(of:)))
        let totals = subtrees.totals(of: numbering.keys(of: profile.stacks), count: numbering.values.count)
        for (line, total) in zip(numbering.values, totals) {
            lines[line] = Place(own: common.lines[line] ?? 0, total: min(whole, total))
        }
        for location in profile.locations {
            guard let line = profile.line(of: location) else { continue }
            let function = profile.functions[location.function.index]
            functionOfLine[line] = functionOfLine[line].map { $0.outer(function) } ?? function
        }
    }
}

/// Small numbers for what locations stand for, in the order in which it is met.
private struct Numbering<Value: Hashable> {
    private(set) var values: [Value] = []
    private var keyOfLocation: [Int32] = []

    /// - Parameter valueOfLocation: by location; `nil` where it stands for nothing.
    init(_ valueOfLocation: [Value?]) {
        var known: [Value: Int32] = [:]
        for value in valueOfLocation {
            guard let value else {
                keyOfLocation.append(-1)
                continue
            }
            let key = known[value] ?? Int32(values.count)
            if key == values.count { values.append(value) }
            known[value] = key
            keyOfLocation.append(key)
        }
    }

    /// By stack, the number of what is on top; -1 for none.
    func keys(of stacks: StackTable) -> [Int32] {
        [-1] + stacks.locations.dropFirst().map { keyOfLocation[$0.index] }
    }
}

extension Profile {
    /// `nil` in a C function and where the design tells no lines.
    fileprivate func line(of location: Location) -> LineKey? {
        guard location.line > 0, let file = functions[location.function.index].file else { return nil }
        return LineKey(file: file, line: location.line)
    }
}

extension Function {
    /// Which of two functions on one line gives it its name: the one around, not the comprehension in it.
    func outer(_ other: Function) -> Function {
        func order(_ f: Function) -> (Int, Int, String) { (f.name.hasPrefix("<") ? 1 : 0, f.line, f.qualname) }
        return order(other) < order(self) ? other : self
    }
}
