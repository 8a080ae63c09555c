import ProfileModel
import Testing

@testable import Analysis

@Suite struct RunTallyTests {
    private func place(_ name: String, _ tally: RunTally) -> Tally<Function>.Entry? {
        tally.functions.first { $0.key.name == name }?.value
    }

    @Test func recursionCountsOnceInTotals() throws {
        let tally = RunTally(
            Planted.profile(
                "t", .tracing,
                [
                    ("main:1", 1, 1), ("main:1 f:2", 10, 9), ("main:1 f:2 f:2", 20, 9), ("main:1 f:2 g:5 f:2", 40, 9),
                    ("main:1 f:2 g:5", 5, 1),
                    // Calls stand at no line; at one, a tracer counts how often it was run.
                    ("main:1 f:0", 0, 3), ("main:1 f:2 f:0", 0, 1),
                ]))
        let f = try #require(place("f", tally))
        #expect(f.own == 70 && f.total == 75 && f.calls == 4)
        #expect(try #require(place("g", tally)).total == 45)
        #expect(try #require(place("main", tally)).total == 76)
    }

    /// Two branches under one function are both in its total: leaving one must not close the other.
    @Test func siblingsBothCount() throws {
        let tally = RunTally(
            Planted.profile("t", .tracing, [("f:1 a:2", 3, 1), ("f:1 b:2", 4, 1), ("h:1 f:1 a:2", 5, 1)]))
        #expect(try #require(place("f", tally)).total == 12)
        #expect(try #require(place("a", tally)).total == 8)
    }

    @Test func linesHoldTheirCFunctions() throws {
        let tally = RunTally(Planted.profile("s", .sampling, [("main:3 f:7 len", 30, 1), ("main:3", 10, 1)]))
        let three = try #require(tally.lines[SourceLine(file: "p.py", line: 3)])
        let seven = try #require(tally.lines[SourceLine(file: "p.py", line: 7)])
        #expect(three.own == 10 && three.total == 40)
        #expect(seven.own == 30 && seven.total == 30)
    }

    @Test func aLineIsNamedByTheFunctionAround() {
        let tally = RunTally(Planted.profile("s", .sampling, [("<listcomp>:7", 3, 1), ("f:7", 1, 1)]))
        #expect(tally.functionOfLine[SourceLine(file: "p.py", line: 7)]?.name == "f")
    }

    /// Ten thousand frames deep, where recursion would overflow the stack and sets per stack take hours.
    @Test(.timeLimit(.minutes(1))) func deepTreesAreFine() throws {
        var symbols = SymbolInterning()
        let f = symbols.intern(Function(name: "f", qualname: "f", file: "p.py", line: 1), line: 2)
        let g = symbols.intern(Function(name: "g", qualname: "g", file: "p.py", line: 5), line: 6)
        var profile = Profile(design: "t", kind: .tracing)
        profile.functions = symbols.functions
        profile.locations = symbols.locations
        var stack = StackID.empty
        for depth in 0..<10_000 {
            stack = profile.stacks.push(depth % 2 == 0 ? f : g, onto: stack)
            profile.samples.append(Sample(stack: stack, thread: 0, count: 1, nanoseconds: 1))
        }
        let tally = RunTally(profile)
        #expect(try #require(place("f", tally)).total == 10_000)
        #expect(try #require(place("g", tally)).total == 9_999)
        #expect(FlameGraph.root(of: [profile]).share == 1)
    }

    /// Every small tree of up to four nodes over two functions, against the definition.
    @Test func totalsByDefinition() {
        for parents in [
            [0], [0, 0], [0, 1], [0, 1, 1], [0, 1, 2], [0, 0, 1, 1], [0, 1, 2, 3], [0, 1, 0, 3], [0, 1, 2, 0],
        ] {
            for pattern in 0..<(1 << parents.count) {
                check(parents, keys: parents.indices.map { pattern >> $0 & 1 })
            }
        }
    }

    private func check(_ parents: [Int], keys: [Int]) {
        var stacks = StackTable()
        for (node, parent) in parents.enumerated() { _ = stacks.push(LocationID(node), onto: StackID(parent)) }
        let own = [0.0] + parents.indices.map { Double(1 << $0) }
        let totals = Charge.anywhere(stacks, [-1] + keys.map(Int32.init), count: 2).sums(ofStackValues: own)
        for key in 0...1 {
            let expected = (1..<stacks.count).filter { node in
                stacks.frames(of: StackID(node)).contains { keys[$0.index] == key }
            }.reduce(0.0) { $0 + own[$1] }
            #expect(totals[key] == expected, "parents \(parents), keys \(keys)")
        }
    }
}
