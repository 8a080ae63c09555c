/// Frames that the file itself asks to leave out: functions that match `drop_frames` and not `keep_frames`, and what they call.
///
/// As `go tool pprof` does it (google/pprof, `profile/prune.go`): nothing is dropped below the first frame that stays, seen from
/// the root, and inlined frames beneath the one that matches stay.
struct PprofDroppedFrames {
    /// Locations of which the outermost frame matches, and all the others that have a frame that does.
    private var whole: Set<UInt64> = []
    /// Why nothing is dropped that the file asks for, where its expression cannot be understood.
    private(set) var caveat: String?

    init(_ file: PprofFile) throws(FormatError) {
        let drop = try file.text(file.tables.dropFrames)
        guard !drop.isEmpty else { return }
        let keep = try file.text(file.tables.keepFrames)
        guard let dropping = LinearExpression(drop), let keeping = LinearExpression(keep) else {
            caveat =
                "the file asks to leave out frames by the expression '\(drop)', which is not understood: they are in"
            return
        }
        let matching = try Self.functions(of: file) { dropping.matches($0) && (keep.isEmpty || !keeping.matches($0)) }
        // Inlined frames stand leaf first: with the outermost goes all of the location.
        for location in file.tables.location {
            if let outermost = location.line.last, matching.contains(outermost.functionID) { whole.insert(location.id) }
        }
    }

    /// The ids that stay, leaf first.
    func kept(_ ids: [UInt64]) -> [UInt64] {
        guard !whole.isEmpty, let user = ids.lastIndex(where: { !whole.contains($0) }),
            let dropped = ids[..<user].lastIndex(where: { whole.contains($0) })
        else { return ids }
        return Array(ids[(dropped + 1)...])
    }

    private static func functions(of file: PprofFile, matching: (String) -> Bool) throws(FormatError) -> Set<UInt64> {
        var found: Set<UInt64> = []
        for function in file.tables.function {
            let name = try file.text(function.name)
            if !name.isEmpty, matching(bare(name)) { found.insert(function.id) }
        }
        return found
    }

    /// A C++ function without its parameters.
    private static func bare(_ name: String) -> String {
        guard let open = name.firstIndex(of: "("), open > name.startIndex, !name.hasSuffix("operator()") else {
            return name
        }
        return String(name[..<open])
    }
}
