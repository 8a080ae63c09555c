import ProfileModel
import Testing

@testable import Analysis

/// The call trees of two versions, node by node.
@Suite struct ChangedTreeTests {
    private func tree(_ old: PlantedVersion, _ new: PlantedVersion, runs: Int = 5) throws -> ChangedTree {
        try #require(try PlantedVersion.compared(old, new, runs: runs).change?.tree)
    }

    private func nodes(_ name: String, _ tree: ChangedTree) -> [ChangedTree.Node] {
        tree.nodes.filter { $0.frame >= 0 && tree.frames[$0.frame].function.qualname == name }
    }

    @Test func onlyWhatChangedHasAColour() throws {
        var new = PlantedVersion.plain.below(3)
        new.stacks[4].1 = 80
        let tree = try tree(.plain, new)
        let g = try #require(nodes("g", tree).first)
        #expect(g.verdict == .less && abs(g.time.change.mean + 0.08) < 0.001 && g.time.change.high ?? 0 < 0)
        #expect(nodes("f", tree).map(\.verdict) == [.withinChance] && nodes("main", tree).map(\.verdict) == [.less])
        #expect(tree.nodes[g.parent] == nodes("main", tree).first && tree.nodes[0].frame == -1)
        // Where it stands in the new version.
        #expect(tree.frames[g.frame].function.line == 11 && tree.frames[g.frame].function.file == "p.py")
    }

    /// One version alone has them; a caller whose callee was taken out is another path.
    @Test func newAndGonePathsAreNodes() throws {
        var new = PlantedVersion.plain
        new.stacks[4] = ("main:12 f:3 g:9", 160)
        let tree = try tree(.plain, new)
        #expect(Set(nodes("g", tree).map(\.verdict)) == [.more, .less])
        #expect(nodes("main", tree).map(\.verdict) == [.withinChance] && nodes("f", tree).map(\.verdict) == [.more])
    }

    @Test func nothingChangedIsAllGrey() throws {
        let tree = try tree(.plain, PlantedVersion.plain.below(20))
        #expect(tree.nodes.count == 4 && tree.nodes.allSatisfy { $0.verdict == .withinChance })
    }

    /// All that runs beneath an import is one node, however deep it is.
    @Test func importsAreOneNode() {
        var profile = Planted.profile("s", .tracing, [("main:3 find:1 load:2 f:7", 100, 1)])
        for at in profile.functions.indices where ["find", "load"].contains(profile.functions[at].name) {
            profile.functions[at].file = "<frozen importlib._bootstrap>"
        }
        var tree = ComparedTree()
        let places = tree.places(of: profile) { FlameFrame($0, .own) }
        #expect(places.keys.count == 2)
    }

    @Test func singleRunsDifferBeyondWhatRunsDo() throws {
        var new = PlantedVersion.plain
        new.stacks[4].1 = 152
        #expect(try tree(.plain, new, runs: 1).nodes.allSatisfy { $0.verdict == .withinChance })
        new.stacks[4].1 = 30
        #expect(try nodes("g", tree(.plain, new, runs: 1)).map(\.verdict) == [.less])
    }

    /// A sampler's intervals of one run hold for total times, too.
    @Test func aSamplersErrorOfOneRunIsKnownForTotals() throws {
        func run(_ often: Int) -> Profile {
            var run = PlantedRun(.sampling, schedule: .poisson)
            let (f, g) = (run.stack("main:3", "f:7"), run.stack("main:3", "g:9"))
            run.ticks((0..<1000).map { $0 % 10 < often ? f : g })
            return run.profile
        }
        func tree(_ old: Int, _ new: Int) throws -> ChangedTree {
            let pair = [("old.pb.gz", run(old)), ("new.pb.gz", run(new))]
            return try #require(try Comparison.findings(ofProfiles: pair).change?.tree)
        }
        let same = try tree(5, 5)
        #expect(same.nodes.count == 4)
        #expect(same.nodes.allSatisfy { $0.verdict == .withinChance && $0.time.change.low ?? 0 < -0.1 })
        #expect(try nodes("module.f", tree(9, 1)).map(\.verdict) == [.less])
        #expect(try nodes("module.main", tree(9, 1)).map(\.verdict) == [.withinChance])
    }

    @Test func whereNoErrorIsKnownOneCannotTell() throws {
        let pair = [("old.pb.gz", PlantedRounds.gil(0)), ("new.pb.gz", PlantedRounds.gil(100))]
        let tree = try #require(try Comparison.findings(ofProfiles: pair).change?.tree)
        #expect(tree.nodes.allSatisfy { $0.verdict == .cannotTell && $0.time.change.low == nil })
    }
}

/// The call trees of two designs.
@Suite struct DesignTreeTests {
    private func trees(_ rounds: Int) -> [ChangedTree] {
        Comparison.findings(rounds: PlantedRounds.make(rounds), designs: PlantedRounds.designs, program: [], audit: [:])
            .trees
    }

    private func verdict(_ name: String, _ tree: ChangedTree) -> PlaceChange.Verdict? {
        tree.nodes.first { $0.frame >= 0 && tree.frames[$0.frame].function.name == name }?.verdict
    }

    /// The tracer puts its own time on the function that is called often; its C callee is a part of that.
    @Test func whereDesignsDifferIsTold() throws {
        let trees = trees(8)
        #expect(trees.map(\.names) == [["setprofile", "signal"], ["setprofile", "gil"], ["signal", "gil"]])
        let tree = try #require(trees.first)
        #expect(verdict("helper", tree) == .less && verdict("work", tree) == .withinChance && tree.unit == .shares)
        #expect(tree.nodes.count == 3 && tree.isChanged)
        let helper = try #require(tree.nodes.last?.time)
        #expect(abs(helper.before - 0.6) < 0.01 && abs(helper.after - 0.25) < 0.01 && helper.change.high ?? 0 < -0.3)
    }

    @Test func twoRoundsAreTooFewToTell() { #expect(trees(2).isEmpty) }
}
