import ProfileModel

/// The part of a run's time that a report is of, by what the threads did.
public enum TimeScope: String, Codable, Sendable, CaseIterable {
    /// They ran: Python, C or the collector of garbage, with the interpreter's lock or without.
    case running
    /// They waited, for that lock or for anything else: all the time that is not `running`.
    case idle
    /// They held the interpreter's lock, whatever they did with it.
    case gil

    /// Whether a sample is of that time; `nil` where that is not known.
    func holds(_ sample: Sample) -> Bool? {
        switch self {
        case .running: !sample.timeKind.isWait
        case .idle: sample.timeKind.isWait
        case .gil: sample.holdsLock
        }
    }

    /// Throws where profiles of a design do not tell that time.
    ///
    /// - Parameters:
    ///   - design: its name.
    ///   - told: what its samples tell.
    public func check(_ design: String, _ told: KindsTold, _ clock: Clock) throws(AnalysisError) {
        switch (self, told) {
        case (_, .none):
            throw AnalysisError(
                "\(design) does not tell running from waiting, so --time \(rawValue) cannot be told: "
                    + "the design signal tells it")
        case (.gil, .callsAndWaits):
            throw AnalysisError(
                "\(design) does not tell who holds the GIL: it tells --time running and --time idle, and the design signal "
                    + "(swprof run, attach --inject) all three")
        case (.idle, _) where clock == .cpu:
            throw AnalysisError("the CPU clock counts no time in which threads wait: --time idle needs the wall clock")
        case (.running, _), (.idle, _), (.gil, _): return
        }
    }
}

extension TimeKind {
    var isWait: Bool { self == .lockWait || self == .waiting }
}
