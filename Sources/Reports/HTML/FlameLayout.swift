import Analysis
import ProfileModel

/// Makes the data of flame graphs, each cut to a size.
struct FlameLayout {
    let paths: ShortPaths
    /// By function, the row of the page's table.
    var rows: [Function: Int] = [:]
    /// Bytes that a graph may take.
    var room = 500_000

    private static let longestName = 300
    /// Of a frame without its texts, in bytes.
    private static let frameSize = 16
    private static let mostThreads = 40

    func view(of table: FlameTable, heading: String? = nil) throws -> FlameView {
        let selection = FlameSelection(
            parents: table.parents, frames: table.frameOfNode, totals: table.totals, room: room
        ) { size(of: table.frames[$0]) }
        var data = data(of: selection, table.frames, table.frameOfNode)
        data.threads = table.threads.map { [$0.name.legible(), $0.process?.legible() ?? ""] }
        data.owners = owners(of: table, selection)
        data.seconds = table.secondsAreKnown ? table.whole / 1e9 / FlameData.unit : 0
        return FlameView(
            heading: heading, folds: true, legend: Self.legend(of: table.frames.map(\.kind)), data: try data.text,
            remark: Self.remark(selection))
    }

    func view(of tree: ChangedTree) throws -> FlameView {
        let times = tree.nodes.map { max(0, ($0.time.before + $0.time.after) / 2) }
        let frames = tree.nodes.map(\.frame)
        let selection = FlameSelection(
            parents: tree.nodes.map(\.parent), frames: frames, totals: times, room: room / 3
        ) { size(of: tree.frames[$0]) }
        var data = data(of: selection, tree.frames, frames)
        let shown = [0] + selection.nodes
        data.verdicts = shown.map { Self.number(tree.nodes[$0].verdict) }
        data.notes = shown.map { Wording.change(of: tree.nodes[$0], tree.unit) }
        data.owners = [FlameData.Owner(own(of: tree, times, selection))]
        return FlameView(
            heading: tree.unit == .shares ? tree.names.joined(separator: " → ").legible() : nil, folds: false,
            legend: Wording.legend(of: tree).map { LegendView(tone: $0.0, text: $0.1) }, data: try data.text,
            remark: Self.remark(selection))
    }

    private func data(of selection: FlameSelection, _ frames: [FlameFrame], _ frameOfNode: [Int]) -> FlameData {
        let shown = selection.frames.map { frames[$0] }
        return FlameData(
            names: shown.map { $0.function.qualname.legible(limit: Self.longestName) }, places: shown.map(place),
            kinds: shown.map { String($0.kind.rawValue) }.joined(),
            rows: shown.map { rows[$0.function] ?? -1 }, up: selection.up,
            of: selection.nodes.map { selection.numbers[frameOfNode[$0]] ?? 0 })
    }

    private func place(_ frame: FlameFrame) -> String {
        frame.function.file == nil
            ? ([.waiting, .imports].contains(frame.kind) ? "" : paths.place(nil, 0))
            : paths.place(frame.function.file, frame.function.line).legible(limit: Self.longestName)
    }

    private func size(of frame: FlameFrame) -> Int {
        Self.frameSize + min(Self.longestName, frame.function.qualname.utf8.count) + place(frame).utf8.count
    }

    private static func remark(_ selection: FlameSelection) -> String? {
        selection.leftOut > 0
            ? "\(Figures.count(selection.leftOut)) frames of too little time are left out; their time is their callers'."
            : nil
    }
}

extension FlameLayout {
    /// The time that nothing was seen of is the root's; that of threads beyond so many is together.
    private func owners(of table: FlameTable, _ selection: FlameSelection) -> [FlameData.Owner] {
        guard table.whole > 0, table.whole.isFinite else { return [] }
        var times: [FlameTable.Owner: [Int: Double]] = [:]
        var seen = 0.0
        let shown = table.heaviestThreads(Self.mostThreads)
        for (owner, own) in table.own {
            let thread = shown.contains(owner.thread) ? owner.thread : -1
            for (node, nanoseconds) in own {
                let part = nanoseconds / table.whole * FlameData.unit
                let owner = FlameTable.Owner(thread: thread, task: owner.task)
                times[owner, default: [:]][selection.place[node], default: 0] += part
                seen += part
            }
        }
        let unseen = FlameData.unit - seen
        // Less than that is rounding.
        if unseen > 1 { times[FlameTable.Owner(), default: [:]][0, default: 0] += unseen }
        return times.sorted { ($0.key.thread, $0.key.task ?? "") < ($1.key.thread, $1.key.task ?? "") }.map {
            FlameData.Owner(thread: $0.key.thread, task: $0.key.task?.legible(limit: Self.longestName), $0.value)
        }
    }

    /// What each node has beside the nodes that it calls.
    private func own(of tree: ChangedTree, _ times: [Double], _ selection: FlameSelection) -> [Int: Double] {
        guard let whole = times.first, whole > 0 else { return [:] }
        var own: [Int: Double] = [:]
        for node in times.indices {
            own[selection.place[node], default: 0] += times[node]
            if node > 0 { own[selection.place[tree.nodes[node].parent], default: 0] -= times[node] }
        }
        return own.mapValues { $0 / whole * FlameData.unit }
    }

    private static func number(_ verdict: PlaceChange.Verdict) -> Int {
        switch verdict {
        case .more: 1
        case .less: 2
        case .moved, .withinChance, .cannotTell: 0
        }
    }

    private static func legend(of kinds: [FlameFrame.Kind]) -> [LegendView] {
        FlameFrame.Kind.allCases.filter(kinds.contains).map {
            LegendView(tone: "k\($0.rawValue)", text: Wording.kind($0))
        }
    }
}

extension FlameTable {
    fileprivate var totals: [Double] {
        var totals = [Double](repeating: 0, count: parents.count)
        for (_, own) in own { for (node, nanoseconds) in own { totals[node] += nanoseconds } }
        for node in parents.indices.dropFirst().reversed() { totals[parents[node]] += totals[node] }
        return totals
    }

    fileprivate func heaviestThreads(_ most: Int) -> Set<Int> {
        var times: [Int: Double] = [:]
        for (owner, own) in own { times[owner.thread, default: 0] += own.values.reduce(0, +) }
        return Set(times.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(most).map(\.key))
    }
}
