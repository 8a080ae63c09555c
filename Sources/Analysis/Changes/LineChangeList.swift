import ProfileModel

/// What became of every line.
struct LineChangeList {
    private let changes: PlaceChanges<SourceLine>
    private let names: PlaceNames
    private let paths: PortablePaths
    private let function: (SourceLine) -> String
    /// Lines of the version before, by those that they are compared by.
    private let before: [SourceLine: SourceLine]
    private let after: Set<SourceLine>
    private let marks: (old: [String: [Int: LineMark]], new: [String: [Int: LineMark]])

    init(_ versions: ComparedVersions, _ old: [VersionRun], _ new: [VersionRun]) {
        let isAlone = old.count == 1 && new.count == 1
        func run(_ run: VersionRun, _ names: PlaceNames) -> VersionTimes<SourceLine>.Run {
            .init(
                run.profile, whole: run.whole, times: run.lines, Places(linesOf: run.profile, names), isAlone: isAlone)
        }
        names = versions.old.names
        changes = PlaceChanges(
            VersionTimes(
                old: old.map { run($0, versions.old.names) }, new: new.map { run($0, .own) },
                arePaired: versions.arePaired))
        paths = versions.paths.new
        let arms = [versions.new, versions.old]
        function = { line in arms.lazy.map { $0.functionName(ofCommon: line) }.first { !$0.isEmpty } ?? "" }
        let seen = versions.old.runs.flatMap(\.tally.functionOfLine.keys)
        before = Dictionary(seen.map { (versions.old.names.name(of: $0), $0) }) { first, _ in first }
        after = Set(versions.new.runs.flatMap(\.tally.functionOfLine.keys))
        marks = (Self.marks(versions.old), Self.marks(versions.new))
    }

    var findings: [PlaceChange] {
        changes.places.map(finding).sorted()
    }

    private func finding(_ line: SourceLine) -> PlaceChange {
        var finding = changes.finding(
            line, .line, qualname: function(line), file: paths(line.file), path: path(line),
            lines: (after.contains(line) ? line.line : nil, before[line]?.line))
        finding.mark = mark(line, at: finding.line ?? finding.lineBefore)
        return finding
    }

    private static func marks(_ arm: ComparisonArm) -> [String: [Int: LineMark]] {
        arm.runs.reduce(into: [:]) { $0.merge($1.profile.marks) { $0.merging($1) { first, _ in first } } }
    }

    private func mark(_ line: SourceLine, at number: Int?) -> LineMark? {
        let seen = line.isOnlyBefore ? marks.old : marks.new
        return number.flatMap { seen[path(line)]?[$0] }
    }

    /// A line that the version before alone has stands in its file.
    private func path(_ line: SourceLine) -> String {
        line.isOnlyBefore ? before[line]?.file ?? line.file : line.file
    }
}
