import ProfileModel
import Testing

@testable import Analysis

@Suite struct FlameGraphTests {
    @Test func mergesRunsAndLines() throws {
        let one = Planted.profile("s", .sampling, [("main:3 g:7", 20, 1), ("main:4 g:8", 30, 1), ("main:3", 50, 1)])
        let two = Planted.profile("s", .sampling, [("main:3 f:7", 100, 1)])
        let root = FlameGraph.root(of: [one, two])
        #expect(root.share == 1)
        let main = try #require(root.children.first)
        #expect(root.children.count == 1 && main.name == "main" && main.share == 1)
        #expect(main.children.map(\.name) == ["f", "g"])
        #expect(main.children.map(\.share) == [0.5, 0.25])
    }

    @Test func prunesWhatIsTooSmallToSee() {
        let root = FlameGraph.root(of: [Planted.profile("s", .sampling, [("a:1", 99_901, 1), ("b:1", 99, 1)])])
        #expect(root.children.map(\.name) == ["a"])
    }

    /// Each below a thousandth on its own line, together above: merging comes before pruning.
    @Test func mergesBeforePruning() {
        let root = FlameGraph.root(
            of: [Planted.profile("s", .sampling, [("a:1", 99_880, 1), ("b:1", 60, 1), ("b:2", 60, 1)])])
        #expect(root.children.map(\.name) == ["a", "b"])
    }

    @Test func cutsWhatIsTooDeepToSee() throws {
        let stack = Array(repeating: "f:1", count: 700).joined(separator: " ")
        var node = FlameGraph.root(of: [Planted.profile("t", .tracing, [(stack, 7, 1)])])
        var depth = 0
        while let child = node.children.first { (node, depth) = (child, depth + 1) }
        #expect(depth == FlameGraph.mostDepth)
        #expect(node.share == 1)
    }

    @Test func nothingIsAnEmptyRoot() {
        #expect(FlameGraph.root(of: []) == FlameNode(name: "all", share: 0))
    }
}
