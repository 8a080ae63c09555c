import ProfileModel
import Testing

@testable import Analysis

/// What is said of a program before and after a change.
@Suite struct ChangeTests {
    private func change(_ findings: CompareFindings) throws -> ChangeFindings { try #require(findings.change) }

    private func place(_ name: String, _ change: ChangeFindings) -> PlaceChange? {
        change.functions.first { $0.qualname == name }
    }

    /// Twenty lines above all code move every number and change nothing, whether what stands on the lines is known or not.
    @Test(arguments: [true, false]) func linesInsertedAboveChangeNothing(isMarked: Bool) throws {
        var old = PlantedVersion.plain
        old.isMarked = isMarked
        let findings = try PlantedVersion.compared(old, old.below(20))
        let change = try change(findings)
        #expect(change.functions.map(\.verdict) == [.withinChance, .withinChance, .withinChance])
        #expect(
            change.lines.count == 6
                && change.lines.allSatisfy { !$0.isChanged && $0.line == $0.lineBefore.map { $0 + 20 } })
        #expect(findings.agreement.allSatisfy { $0.totalVariation < 0.005 } && findings.disagreements.isEmpty)
        #expect(place("f", change).map { [$0.line, $0.lineBefore] } == [21, 1])
        #expect(change.functions.allSatisfy { $0.file == "p.py" && $0.path == "/home/ada/p.py" })
    }

    /// Of single runs, too: their differences are of what stands on the lines.
    @Test func singleRunsAreMatchedByTextToo() throws {
        let old = PlantedVersion.plain
        let findings = try PlantedVersion.compared(old, old.below(2), runs: 1)
        let change = try change(findings)
        #expect(change.estimand == .thisRun && change.lines.allSatisfy { !$0.isChanged })
        #expect(findings.agreement.allSatisfy { $0.totalVariation < 1e-9 })
    }

    @Test func aFunctionThatTakesHalfAsLongIsToldInSecondsAndPoints() throws {
        var new = PlantedVersion.plain.below(3)
        new.stacks[4].1 = 80
        let change = try change(PlantedVersion.compared(.plain, new))
        let first = try #require(change.functions.first)
        #expect(first.qualname == "g" && first.verdict == .less && first.moved == nil)
        #expect(abs(first.own.change.mean + 0.08) < 0.001 && first.own.change.low ?? 0 < -0.079)
        #expect(abs(first.share.before - 0.195) < 0.001 && first.share.change.high ?? 0 < -0.08)
        #expect(change.functions.dropFirst().allSatisfy { $0.verdict == .withinChance })
        #expect(change.duration.isBeyondChance && abs(change.duration.seconds.change.mean + 0.08) < 0.003)
        #expect(change.duration.ratio.map { $0.high ?? 1 < 1 } == true)
        let total = try #require(place("main", change)?.total)
        #expect(abs(total.change.mean + 0.08) < 0.003 && total.change.high ?? 0 < 0)
    }

    /// What stands in a helper now stood in its caller: neither is slower for it.
    @Test func timeThatWasTakenOutIntoAHelperHasMoved() throws {
        var new = PlantedVersion.plain
        new.source += ["", "def helper():", "    b = 2", "    step()", "    return a"]
        new.firstLines["helper"] = 15
        new.stacks[2].0 = "main:12 f:3 helper:17"
        let change = try change(PlantedVersion.compared(.plain, new))
        let (helper, caller) = (try #require(place("helper", change)), try #require(place("f", change)))
        #expect(helper.verdict == .moved && caller.verdict == .moved)
        #expect(helper.moved.map { $0.isHere && $0.functions == ["f"] } == true)
        #expect(caller.moved.map { !$0.isHere && $0.functions == ["helper"] && abs($0.seconds - 0.3) < 0.01 } == true)
        #expect(helper.isNew && !caller.isNew)
        #expect(change.lines.allSatisfy { !$0.isChanged })
    }

    /// A helper that does more than its caller did: some moved, and the rest is new.
    @Test func whatWasAddedIsToldFromWhatMoved() throws {
        var new = PlantedVersion.plain
        new.source += ["", "def helper():", "    step()"]
        new.firstLines["helper"] = 15
        new.stacks[2] = ("main:12 f:3 helper:16", 500)
        let change = try change(PlantedVersion.compared(.plain, new))
        #expect(place("helper", change)?.verdict == .more && place("f", change)?.verdict == .moved)
        #expect(abs((place("helper", change)?.moved?.seconds ?? 0) - 0.3) < 0.01)
    }

    @Test func oneFunctionSlowerAndAnotherFasterElsewhereHasNotMoved() throws {
        var new = PlantedVersion.plain
        new.firstLines["other"] = 30
        new.stacks[4].1 = 60
        new.stacks.append(("other:31", 100))
        let change = try change(PlantedVersion.compared(.plain, new))
        #expect(place("g", change)?.verdict == .less && place("other", change)?.verdict == .more)
        #expect(change.functions.allSatisfy { $0.moved == nil })
    }

    @Test func singleRunsDifferBeyondWhatRunsDo() throws {
        var new = PlantedVersion.plain
        new.stacks[4].1 = 152
        #expect(try change(PlantedVersion.compared(.plain, new, runs: 1)).functions.allSatisfy { !$0.isChanged })
        new.stacks[4].1 = 30
        #expect(try place("g", change(PlantedVersion.compared(.plain, new, runs: 1)))?.verdict == .less)
    }

    /// A design whose instants are not its own has no error of one run.
    @Test func whereNoErrorIsKnownOneCannotTell() throws {
        let pair = [("old.pb.gz", PlantedRounds.gil(0)), ("new.pb.gz", PlantedRounds.gil(100))]
        let change = try change(Comparison.findings(ofProfiles: pair))
        #expect(change.functions.allSatisfy { $0.verdict == .cannotTell && $0.p == nil && $0.own.change.low == nil })
    }

    @Test func designsAndClocksAreNoVersions() throws {
        var new = PlantedVersion.plain
        new.design = "evalframe"
        #expect(try PlantedVersion.compared(.plain, new).change == nil)
        var cpu = PlantedVersion.plain.run(0)
        cpu.clock = .cpu
        let findings = try Comparison.findings(ofProfiles: [("a", PlantedVersion.plain.run(0)), ("b", cpu)])
        #expect(findings.change == nil && findings.caveats.contains { $0.code == "clock-mismatch" })
    }

    @Test func otherMachinesAndProgramsAreSaid() throws {
        var (old, new) = (PlantedVersion.plain.run(0), PlantedVersion.plain.run(1))
        (old.program, new.program) = (["old/p.py", "3"], ["new/p.py", "3"])
        func codes() throws -> [String] {
            try Comparison.findings(ofProfiles: [("a", old), ("b", new)]).caveats.map(\.code)
        }
        #expect(try !codes().contains("program-mismatch") && !codes().contains("machine-mismatch"))
        new.program = ["q.py", "3"]
        (old.audit["processor"], new.audit["processor"]) = ("a", "b")
        #expect(try codes().contains("program-mismatch") && codes().contains("machine-mismatch"))
    }

    /// In rounds the version before runs twice, and both its runs count.
    @Test func roundsOfTwoVersionsArePaired() throws {
        var new = PlantedVersion.plain.below(20)
        new.stacks[4].1 = 120
        let rounds = (0..<6).map { number in
            func run(_ version: PlantedVersion, _ at: Int) -> ProfiledRun {
                let profile = version.run(at)
                return ProfiledRun(seconds: profile.seconds, profile: profile)
            }
            return Round(
                control: nil, selfTestControl: nil,
                runs: [
                    "before": run(.plain, number), "again": run(.plain, number + 1), "after": run(new, number + 2),
                ])
        }
        let findings = Comparison.findings(
            ofVersions: rounds, roots: (["/home/ada"], ["/home/ada"]), renamed: [RenamedPath(old: "x.py", new: "y.py")],
            program: ["p.py"], audit: [:])
        let change = try change(findings)
        #expect(change.before.name == "before" && change.after.runs == 6 && change.selfTest != nil)
        #expect(change.functions.first?.qualname == "g" && change.functions.filter(\.isChanged).count == 1)
        #expect(change.interval.contains("6 rounds, paired") && findings.designs.map(\.name) == ["before", "after"])
        #expect(findings.caveats.contains { $0.code == "map-unused" && $0.text.contains("'x.py'") })
    }
}
