import ProfileModel

/// What formats with room for it carry beside stacks and times, as the lines that `PprofComments` lists, and what comes back of it.
///
/// The instants of ticks, and so schedule and ledger, stay behind: only pprof files have intervals.
enum OwnAttributes {
    static func comments(of profile: Profile) -> [String] {
        var kept = profile
        (kept.schedule, kept.ledger, kept.inclusive, kept.probeCosts, kept.account) = (nil, nil, nil, nil, nil)
        kept.processes = kept.processes.map { process in
            var process = process
            (process.account, process.ledger) = (nil, nil)
            return process
        }
        return PprofHeader.comments(of: kept).lines
    }

    /// A function as swprof's own files name it.
    static func function(_ name: String, bare: String?, file: String?, line: Int64?) -> Function {
        guard let file else { return Function(name: bare ?? name, qualname: name, file: nil, line: 0) }
        var function = Function(qualified: name, file: file, line: ForeignProfile.line(line))
        if let bare { function.name = bare }
        return function
    }

    /// The profile that was read with what its own comments say, where it has such.
    ///
    /// - Parameter counted: of what kinds the format holds numbers of samples or of calls.
    static func completed(
        _ profile: Profile, _ comments: [String], counted: Set<Kind> = [.sampling, .tracing]
    ) throws(FormatError) -> Profile {
        guard let header = try PprofHeader.profile(of: PprofComments(parsing: comments)) else { return profile }
        var whole = header
        (whole.schedule, whole.ledger, whole.inclusive, whole.probeCosts, whole.account) = (
            nil, nil, profile.inclusive, nil, nil
        )
        (whole.functions, whole.locations, whole.stacks, whole.samples) = (
            profile.functions, profile.locations, profile.stacks, profile.samples
        )
        whole.secondsAreKnown = header.secondsAreKnown && profile.secondsAreKnown
        whole.countsAreKnown = header.countsAreKnown && counted.contains(header.kind)
        // Lives are longer than what was seen of them; a file that lists others was changed by another tool.
        if header.threads.count != profile.threads.count { (whole.threads, whole.processes) = (profile.threads, []) }
        whole.caveats += profile.caveats.filter { !whole.caveats.contains($0) && $0.code != "foreign-profile" }
        return whole
    }
}
