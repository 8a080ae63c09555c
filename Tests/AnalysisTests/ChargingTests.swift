import ProfileModel
import Testing

@testable import Analysis

/// Runs and comparisons give the same figures to the same places.
@Suite struct ChargingTests {
    private func rounds(_ profile: Profile) -> [Round] {
        (0..<3).map { _ in
            Round(control: 1, selfTestControl: 1, runs: [profile.design: ProfiledRun(seconds: 1, profile: profile)])
        }
    }

    /// What a run says of its lines, and what a comparison of three such runs says.
    private func lines(_ profile: Profile) throws -> (run: [LineFinding], compared: [LineFinding]) {
        let compared = Comparison.findings(
            rounds: rounds(profile), designs: [profile.design], program: ["p.py"], audit: [:])
        return (try RunAnalysis.findings(of: profile).lines, try #require(compared.designs.first).lines)
    }

    /// C code has no lines: what it takes is in no figure of lines unless it is the calling line's.
    @Test(arguments: [Kind.tracing, .sampling])
    func timeInCIsItsCallersLines(_ kind: Kind) throws {
        let profile = Planted.profile(
            "d", kind, [("main:3 f:7 map len", 600, 1), ("main:3 f:8", 300, 1), ("main:3 len", 100, 1)])
        let (run, compared) = try lines(profile)
        for lines in [run, compared] {
            #expect(lines.map(\.line) == [7, 8, 3])
            #expect(zip(lines, [0.6, 0.3, 0.1]).allSatisfy { isClose($0.`self`.share, $1) })
            #expect(zip(lines, [0.6, 0.3, 1]).allSatisfy { isClose($0.total.share, $1) })
        }
    }

    /// Whichever of its functions has more time in this run: another run's may differ.
    @Test func aLineIsInItsOutermostFunction() throws {
        let profile = Planted.profile("d", .sampling, [("f:7 <listcomp>:7", 900, 1), ("f:7", 100, 1)])
        let (run, compared) = try lines(profile)
        #expect(run.map(\.function) == ["f"] && compared.map(\.function) == ["f"])
    }

    /// A module's line that only makes a function is the function's, and not that of what has no name.
    @Test(arguments: [("f", "<module>", "f"), ("<lambda>", "<module>", "<module>"), ("<listcomp>", "f", "f")])
    func functionsOnALineAreInOrder(_ a: String, _ b: String, _ outer: String) {
        let functions = [a, b].map { Function(name: $0, qualname: $0, file: "p.py", line: 1) }
        #expect(functions[0].outer(functions[1]).name == outer && functions[1].outer(functions[0]).name == outer)
    }

    @Test func hitsAreInBoth() throws {
        let profile = Planted.profile("lines", .tracing, [("f:0", 0, 2), ("f:7", 900, 40), ("f:8", 100, 2)])
        let (run, compared) = try lines(profile)
        #expect(run.map(\.hits) == [40, 2] && compared.map(\.hits) == [40, 2])
    }

    /// Files may hold any number.
    @Test func countsDoNotOverflow() throws {
        let profile = Planted.profile(
            "lines", .tracing, [("f:0", 1, .max), ("g:0 f:0", 1, .max), ("f:7", 1, .max), ("g:0 f:7", 1, .max)])
        let findings = try RunAnalysis.findings(of: profile)
        #expect(findings.functions.first { $0.name == "f" }?.calls == .max)
        #expect(try lines(profile).run.map(\.hits) == [.max] && lines(profile).compared.map(\.hits) == [.max])
    }

    /// A sampler that tells no times tells shares all the same.
    @Test func countsStandForTimesThatAreNotKnown() throws {
        let profile = Planted.profile("d", .sampling, [("f:7", 0, 3), ("g:8", 0, 1)])
        let (run, compared) = try lines(profile)
        for lines in [run, compared] { #expect(zip(lines, [0.75, 0.25]).allSatisfy { isClose($0.`self`.share, $1) }) }
    }

    /// Every small tree of up to four nodes, each of C, or at one of two lines, against the definition.
    @Test func foldedByDefinition() {
        for parents in [[0], [0, 0], [0, 1], [0, 1, 1], [0, 1, 2], [0, 0, 1, 1], [0, 1, 2, 3], [0, 1, 0, 3]] {
            for pattern in 0..<parents.reduce(1, { product, _ in product * 3 }) {
                checkFolding(parents, patternOf(pattern, parents.count))
            }
        }
    }

    private func patternOf(_ number: Int, _ count: Int) -> [Int] {
        (0..<count).reduce(into: (number, [])) { state, _ in state = (state.0 / 3, state.1 + [state.0 % 3]) }.1
    }

    /// - Parameter kinds: by node, 0 for C, else the line.
    private func checkFolding(_ parents: [Int], _ kinds: [Int]) {
        var profile = Profile(design: "d", kind: .tracing)
        profile.functions = [
            Function(name: "c", qualname: "c", file: nil, line: 0),
            Function(name: "f", qualname: "f", file: "p.py", line: 1),
        ]
        profile.locations = kinds.map { Location(function: FunctionID($0 == 0 ? 0 : 1), line: $0) }
        for (node, parent) in parents.enumerated() { _ = profile.stacks.push(LocationID(node), onto: StackID(parent)) }
        let places = Places(linesOf: profile)
        let values = [0.0] + parents.indices.map { Double(1 << $0) }
        let sums = Dictionary(
            uniqueKeysWithValues: zip(places.keys.map(\.line), places.own.sums(ofStackValues: values)))
        for line in 1...2 {
            let expected = (1..<profile.stacks.count).filter { node in
                let nearest = profile.stacks.frames(of: StackID(node)).first { kinds[$0.index] > 0 }
                return nearest.map { kinds[$0.index] == line } ?? false
            }.reduce(0.0) { $0 + values[$1] }
            #expect(sums[line, default: 0] == expected, "parents \(parents), kinds \(kinds)")
        }
    }
}
