import ProfileModel

/// What pprof has no field for, kept in a file's comments so that it survives.
///
/// Each comment is `swprof.KEY=` and one or several fields with tabs between them. In a field,
/// control characters, `%` and `;` are `%` and two hexadecimal digits. Absent is unknown.
///
///     format      1, the version of this list; a file without it is another tool's
///     design      name
///     kind        tracing | sampling
///     clock       wall | cpu
///     schedule    jittered | poisson | periodic
///     rate        ticks a second that were asked for
///     instants    own | program: who chose when to look
///     counts      unknown: samples' counts are neither numbers of samples nor of calls
///     kinds       all | calls-and-waits: what samples tell of the kinds of time (see KindsTold)
///     python      version of the interpreter
///     program     script, and each argument
///     own         folders and files whose code is the user's own, the program's folder first
///     exit        status
///     seconds     wall time of the profiled part
///     ledger      due, taken, late, missed, failed, threadSamples, threadSamplesLost,
///                 then the realised gaps in ns: mean, median, p95, longest
///     late, lost  reason (see TickReason), ticks; one comment a reason
///     account     start and end in ns, closed | open, then seconds: before, after, CPU, CPU after, followed CPU, other threads'
///                 CPU, children's CPU; then other threads, child processes (see ProcessAccount; empty is unknown)
///     process     kernel's number, that of its parent (empty is none), name, start in ns, seconds, then an account's fields (a
///                 whole one or none) and a ledger's (the same); one comment a process, in order, the program's own first
///     thread      kernel's number, nanoseconds, name, and where there are processes, the index of its own; one comment a
///                 thread, in order
///     tick        what a sample stands for that borders no lost tick, in ns: of every thread in order, or once for all
///     caveat      code, text; one comment a caveat
///     audit       name, value; one comment an entry
///     calibration date, processes, degrees of freedom
///     probe       what is calibrated (see ProbeCosts), its value in ns an event or as a factor, then its covariances
///                 with the probes before it and its variance; one comment a parameter, in order
///     checks      programs with a known answer; errors measured, compensated, and not explained (see CompensationChecks)
///     marks       file, then of each line that was seen its number, and in hexadecimal the marks of its text and of its
///                 neighbours (see LineMark), with colons between; one comment a file
///     inclusive   all | functions, told | untold, and where told, nanoseconds with callees of every function in order
///     stacks      see PprofStackOrder
struct PprofComments {
    static let version = "1"
    private static let prefix = "swprof."

    /// The fields of every comment, in order, by key.
    private(set) var entries: [String: [[String]]] = [:]
    private(set) var lines: [String] = []

    init() {}

    init(parsing comments: [String]) {
        for comment in comments where comment.hasPrefix(Self.prefix) {
            let parts = comment.dropFirst(Self.prefix.count).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let fields = parts[1].split(separator: "\t", omittingEmptySubsequences: false)
            entries[String(parts[0]), default: []].append(fields.map { PercentEscapes.unescape($0) })
        }
    }

    mutating func add(_ key: String, _ fields: [String]) {
        let escaped = fields.map { PercentEscapes.escape($0) }
        lines.append("\(Self.prefix)\(key)=\(escaped.joined(separator: "\t"))")
    }

    mutating func add(_ key: String, _ field: String?) {
        if let field { add(key, [field]) }
    }

    /// The fields of every comment with this key, each having `count` of them.
    func all(_ key: String, count: Int) throws(FormatError) -> [[String]] {
        let found = entries[key] ?? []
        guard found.allSatisfy({ $0.count == count }) else { throw Self.wrong(key) }
        return found
    }

    func first(_ key: String) -> [String]? { entries[key]?.first }

    /// The one field of a comment, as a value that its text describes; `nil` where there is none.
    func value<T: LosslessStringConvertible>(_ key: String) throws(FormatError) -> T? {
        guard let fields = first(key) else { return nil }
        guard fields.count == 1, let value = T(fields[0]) else { throw Self.wrong(key) }
        return value
    }

    func word<T: RawRepresentable>(_ key: String) throws(FormatError) -> T? where T.RawValue == String {
        guard let fields = first(key) else { return nil }
        guard fields.count == 1, let value = T(rawValue: fields[0]) else { throw Self.wrong(key) }
        return value
    }

    static func wrong(_ key: String) -> FormatError {
        .damaged("the comment \(prefix)\(key) cannot be understood")
    }
}
