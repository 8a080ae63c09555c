import Analysis

/// What the template `flame` shows: the frames of a flame graph, root on top.
struct FlameView {
    var design: String
    /// In pixels, like `FrameView.top`.
    var height: Int
    var frames: [FrameView]
    var remark: String?
}

struct FrameView {
    /// Percent of the graph's width.
    var left: String
    var width: String
    var top: Int
    var name: String
    var tip: String
    var tone: String
}

/// Lays out a tree of stacks.
struct FlameLayout {
    private static let rowHeight = 21
    /// Narrower frames, deeper ones and later ones could not be seen, and would make the page slow.
    private static let leastShare = 0.001
    private static let mostRows = 150
    private static let mostFrames = 3000

    let paths: ShortPaths

    func view(of root: FlameNode, design: String) -> FlameView {
        var frames: [FrameView] = []
        var leftOut = 0
        var depth = 0
        var waiting = [(node: root, row: 0, left: 0.0)]
        while let (node, row, left) = waiting.popLast() {
            frames.append(frame(node, row, left))
            depth = max(depth, row)
            let shown = row + 1 < Self.mostRows && frames.count + waiting.count < Self.mostFrames
            let children = node.children.filter { shown && $0.share >= Self.leastShare }
            leftOut += node.children.count - children.count
            waiting += placed(children, below: node, from: left).map { ($0, row + 1, $1) }.reversed()
        }
        return FlameView(
            design: design, height: (depth + 1) * Self.rowHeight, frames: frames,
            remark: leftOut > 0 ? "\(Figures.count(leftOut)) frames too narrow or too deep are left out." : nil)
    }

    /// Children side by side, heaviest first, never beyond their parent.
    private func placed(_ children: [FlameNode], below parent: FlameNode, from left: Double) -> [(FlameNode, Double)] {
        var at = left
        return children.sorted { ($1.share, $0.name) < ($0.share, $1.name) }.map { child in
            defer { at += child.share }
            return (child, at)
        }
    }

    private func frame(_ node: FlameNode, _ row: Int, _ left: Double) -> FrameView {
        let share = ShareText(Estimate(share: node.share)).share
        let place = row == 0 ? "" : " – " + paths.place(node.file, node.line)
        return FrameView(
            left: Position.percent(left), width: Position.percent(node.share), top: row * Self.rowHeight,
            name: node.name.legible(limit: 300), tip: "\(node.name)\(place) – \(share)",
            tone: row == 0 ? "root" : node.file == nil ? "inC" : "f\(hash(node.name) % 6)")
    }

    /// FNV-1a, so that a function has one colour in every graph and every report.
    private func hash(_ name: String) -> UInt32 {
        name.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}
