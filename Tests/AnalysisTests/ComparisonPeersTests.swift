import ProfileModel
import Testing

@testable import Analysis

@Suite struct ComparisonPeersTests {
    private func findings(_ peers: [PeerPresence]) -> CompareFindings {
        var findings = CompareFindings(
            program: [], python: "3.11.2", runs: 4, clock: .cpu,
            designs: [
                DesignFinding(
                    name: "yappi", kind: .tracing, clock: .cpu, slowdown: Ratio(ratio: 2), estimand: .expectedRun,
                    interval: "")
            ])
        findings.note(peers)
        return findings
    }

    @Test func onesThatRanHaveTheirVersionAndTheirFailures() {
        let row = findings([PeerPresence(name: "yappi", kind: .tracing, version: "1.7", failures: ["it fell over"])])
            .designs[0]
        #expect(row.version == "1.7" && row.slowdown != nil)
        #expect(row.caveats.map(\.code) == ["whole-command", "peer-failed"])
        #expect(row.caveats[1].text.contains("in 1 of 4 runs") && row.caveats[1].text.contains("it fell over"))
    }

    @Test(arguments: [(nil, "peer-missing"), ("0.4", "peer-failed")] as [(String?, String)])
    func onesThatNeverRanAreARowWithoutFigures(version: String?, code: String) throws {
        let found = findings([
            PeerPresence(name: "py-spy", kind: .sampling, version: version, failures: ["it is not there"])
        ])
        let row = try #require(found.designs.last)
        #expect(
            row.name == "py-spy" && row.version == version && row.slowdown == nil && row.functions.isEmpty
                && row.clock == .cpu)
        #expect(row.caveats.map(\.code) == [code])
    }
}

@Suite struct ReportedTimesTests {
    /// `main` and, beneath nothing that is told, `leaf`; each with its own time.
    private func profile(_ inclusive: InclusiveTimes?) -> Profile {
        var symbols = SymbolInterning()
        var profile = Profile(design: "x", kind: .tracing)
        for (name, time) in [("main", 1), ("leaf", 3)] {
            let location = symbols.intern(Function(name: name, qualname: name, file: "/a.py", line: 1), line: 0)
            profile.samples.append(
                Sample(
                    stack: profile.stacks.push(location, onto: .empty), thread: 0, count: 1, nanoseconds: Int64(time)))
        }
        (profile.functions, profile.locations) = (symbols.functions, symbols.locations)
        profile.threads = [ThreadLife(id: 0, name: "", nanoseconds: 4)]
        profile.inclusive = inclusive
        return profile
    }

    private func shares(_ inclusive: InclusiveTimes?) throws -> [String: [Double?]] {
        let functions = try RunAnalysis.findings(of: profile(inclusive)).functions
        return Dictionary(uniqueKeysWithValues: functions.map { ($0.name, [$0.`self`.share, $0.total.share]) })
    }

    private func sharesOverRuns(_ inclusive: InclusiveTimes?) -> [String: [Double?]] {
        let run = ProfiledRun(seconds: 1, profile: profile(inclusive))
        let round = Round(control: 1, selfTestControl: 1, runs: ["x": run])
        let functions = Comparison.findings(rounds: [round, round, round], designs: ["x"], program: [], audit: [:])
            .designs[0].functions
        return Dictionary(uniqueKeysWithValues: functions.map { ($0.name, [$0.`self`.share, $0.total.share]) })
    }

    /// A file may name a function twice, with numbers that no run has.
    @Test func totalsOfAnySizeAreAddedUp() throws {
        var told = profile(InclusiveTimes(functions: [.max, 3, .max]))
        told.functions.append(told.functions[0])
        let main = try #require(try RunAnalysis.findings(of: told).functions.first { $0.name == "main" })
        #expect(main.total.share == 1)
        let round = Round(control: 1, selfTestControl: 1, runs: ["x": ProfiledRun(seconds: 1, profile: told)])
        let design = Comparison.findings(rounds: [round, round, round], designs: ["x"], program: [], audit: [:])
            .designs[0]
        #expect(design.functions.first { $0.name == "main" }?.total.share == 1)
    }

    @Test func measuredTotalsTakeThePlaceOfThoseOfStacks() throws {
        let told = InclusiveTimes(functions: [4, 3])
        for shares in [try shares(told), sharesOverRuns(told)] {
            #expect(shares == ["main": [0.25, 1], "leaf": [0.75, 0.75]])
        }
    }

    @Test func whatIsNotToldIsNull() throws {
        for shares in [try shares(InclusiveTimes(functions: nil)), sharesOverRuns(InclusiveTimes(functions: nil))] {
            #expect(shares == ["main": [0.25, nil], "leaf": [0.75, nil]])
        }
        let all = InclusiveTimes(functions: [4, 3], includeAll: true)
        for shares in [try shares(all), sharesOverRuns(all)] {
            #expect(shares == ["main": [nil, 1], "leaf": [nil, 0.75]])
        }
    }
}
