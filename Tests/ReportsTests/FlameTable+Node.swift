import Analysis
import ProfileModel

extension FlameTable {
    /// The same tree by column, all of its time on one thread; functions without a file are C.
    init(_ root: FlameNode) {
        var (frames, parents, frameOfNode) = ([FlameFrame](), [0], [-1])
        var own: [Int: Double] = [:]
        var waiting = [(node: root, at: 0)]
        while let (node, at) = waiting.popLast() {
            own[at] = (node.share - node.children.reduce(0) { $0 + $1.share }) * 1e9
            for child in node.children {
                let function = Function(qualified: child.name, file: child.file ?? "", line: child.line)
                frames.append(FlameFrame(function, child.file == nil ? .c : .own))
                if child.file == nil { frames[frames.count - 1].function.file = nil }
                parents.append(at)
                frameOfNode.append(frames.count - 1)
                waiting.append((child, parents.count - 1))
            }
        }
        self.init(
            frames: frames, parents: parents, frameOfNode: frameOfNode, own: [Owner(thread: 0): own],
            threads: [Thread(name: "MainThread")], whole: 1e9)
    }
}
