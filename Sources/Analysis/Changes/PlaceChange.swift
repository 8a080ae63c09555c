import ProfileModel

/// What became of one function, or one line, in another version of a program.
public struct PlaceChange: Encodable, Sendable, Equatable {
    /// What the evidence carries.
    public enum Verdict: String, Encodable, Sendable {
        case more, less
        /// Its time moved to or from another function, which called it or is called by it.
        case moved
        /// Chance explains it.
        case withinChance = "within-chance"
        /// There is no error to judge it by.
        case cannotTell = "cannot-tell"
    }

    /// Time that stands elsewhere in the other version.
    public struct Moved: Encodable, Sendable, Equatable {
        public var seconds: Double
        /// Whether it came here; else it left.
        public var isHere: Bool
        /// Qualified names, the most first.
        public var functions: [String]

        public init(seconds: Double, isHere: Bool, functions: [String]) {
            (self.seconds, self.isHere, self.functions) = (seconds, isHere, functions)
        }
    }

    /// A share of the thread-time in both versions; its change is in parts of 1, and a point is a hundredth.
    public struct Share: Encodable, Sendable, Equatable {
        public var before: Double
        public var after: Double
        public var change: Interval

        public init(before: Double, after: Double, change: Interval) {
            (self.before, self.after, self.change) = (before, after, change)
        }
    }

    public var by: Resolution
    /// Of a line, the function's that it is in.
    public var name: String
    public var qualname: String
    /// From the program's folder on.
    public var file: String
    /// Where the file lies: of the new version, or of the one before where that alone has the place.
    public var path: String
    /// Where it stands in the new version, and where it stood; null where it was not seen there.
    @ExplicitNull public var line: Int?
    @ExplicitNull public var lineBefore: Int?
    /// Self time, with the C functions that it calls.
    public var own: TimeChange
    public var share: Share
    /// With all that it calls; null of lines.
    @ExplicitNull public var total: TimeChange?
    /// Of no change in seconds, for this place alone, and adjusted for the number of places (Benjamini and Yekutieli).
    @ExplicitNull public var unadjustedP: Double?
    @ExplicitNull public var p: Double?
    public var verdict: Verdict
    @ExplicitNull public var moved: Moved?
    /// Of a line, what stood on it when it was profiled; `nil` where that is not known. It is not written.
    public var mark: LineMark?

    private enum CodingKeys: String, CodingKey {
        case by, name, qualname, file, path, line, lineBefore, share, total, unadjustedP, p, verdict, moved
        case own = "self"
    }

    public init(
        by: Resolution, qualname: String, file: String, path: String, line: Int?, lineBefore: Int?, own: TimeChange,
        share: Share, total: TimeChange?, unadjustedP: Double?, p: Double?, verdict: Verdict, moved: Moved? = nil
    ) {
        name = MatchedFunction(file: file, qualname: qualname).name
        (self.by, self.qualname, self.file, self.own, self.share) = (by, qualname, file, own, share)
        (self.path, self.verdict) = (path, verdict)
        (self.line, self.lineBefore, self.total) = (line, lineBefore, total)
        (self.unadjustedP, self.p, self.moved) = (unadjustedP, p, moved)
    }

    /// Whether the evidence says that its time is another, or stands elsewhere.
    public var isChanged: Bool { [.more, .less, .moved].contains(verdict) }
    public var isNew: Bool { lineBefore == nil }
    public var isGone: Bool { line == nil }
}

extension PlaceChange: Comparable {
    /// What changed comes first, then what moved; by how much.
    public static func < (a: Self, b: Self) -> Bool {
        (a.rank, -abs(a.own.change.mean), a.file, a.line ?? 0, a.lineBefore ?? 0, a.qualname)
            < (b.rank, -abs(b.own.change.mean), b.file, b.line ?? 0, b.lineBefore ?? 0, b.qualname)
    }

    private var rank: Int {
        switch verdict {
        case .more, .less: 0
        case .moved: 1
        case .withinChance, .cannotTell: 2
        }
    }
}
