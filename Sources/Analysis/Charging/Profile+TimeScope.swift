import ProfileModel

extension Profile {
    /// The part of the same run that is of such time: what is left of each thread's life. The whole for `nil`.
    ///
    /// - Throws: where the profile does not tell that time, or there was none.
    public func restricted(to time: TimeScope?) throws(AnalysisError) -> Profile {
        guard let time else { return self }
        try time.check(design, isOfTicks ? kindsTold : .none, clock)
        let part = keeping { time.holds($0) == true }
        let unit = WeightUnit(self)
        guard zip(samples, part.samples).contains(where: { !$1.isLeftOut && unit.weight(of: $0) > 0 }) else {
            throw AnalysisError(nothing(of: time))
        }
        return part
    }

    private func nothing(of time: TimeScope) -> String {
        if time == .gil, !samples.contains(where: { $0.holdsLock != nil }) {
            return "the profile does not say who held the GIL: leave out --time gil, or profile the program anew"
        }
        return "no thread was seen \(time.doing): leave out --time \(time.rawValue)"
    }

    /// The same ticks, without what they saw that is not kept: a tick at which nothing is kept stays one, so that shares
    /// are those of a part of the time, with the intervals of such.
    func keeping(_ isKept: (Sample) -> Bool) -> Profile {
        let unit = WeightUnit(self)
        var part = self
        var (kept, whole) = ([Double](repeating: 0, count: threads.count), 0.0)
        for at in samples.indices {
            let weight = unit.weight(of: samples[at])
            whole += weight
            if isKept(samples[at]) {
                if kept.indices.contains(samples[at].thread) { kept[samples[at].thread] += weight }
            } else {
                part.samples[at].leaveOut()
            }
        }
        let nanoseconds = whole > 0 ? Double(threadTime) / whole : 0
        for at in threads.indices { part.threads[at].nanoseconds = Int64(clamping: kept[at] * nanoseconds) }
        return part
    }
}

extension Profile {
    /// The part of the time that is such, of which a profile that can be restricted to it tells.
    func share(of time: TimeScope) -> Estimate {
        estimates(count: 1, in: Scope(wholeOf: self)) { time.holds($0) == true ? 0 : nil }[0]
    }

    /// What of the time may be such, or not.
    func caveat(of time: TimeScope) -> Caveat? {
        let unknown = estimates(count: 1, in: Scope(wholeOf: self)) { time.holds($0) == nil ? 0 : nil }[0].share ?? 0
        guard unknown > Self.tolerated else { return nil }
        return Caveat(
            code: "gil-unknown",
            text:
                "Of \(Words.percent(unknown, 1)) of the time it is not known whether the thread held the GIL: that is in no "
                + "figure here.")
    }

    private static var tolerated: Double { 0.001 }
}

extension Sample {
    /// What is kept counts for one tick at least.
    var isLeftOut: Bool { count == 0 }

    fileprivate mutating func leaveOut() {
        (stack, count, nanoseconds, note) = (.empty, 0, 0, nil)
    }
}

extension Int64 {
    fileprivate init(clamping value: Double) { self = Int64(exactly: value.rounded()) ?? .max }
}

extension TimeScope {
    /// What threads do in it: `running`.
    fileprivate var doing: String {
        switch self {
        case .running: "running"
        case .idle: "waiting"
        case .gil: "holding the GIL"
        }
    }
}
