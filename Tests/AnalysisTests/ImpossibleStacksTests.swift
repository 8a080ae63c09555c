import ProfileModel
import Testing

@testable import Analysis

@Suite("Stacks that cannot be")
struct ImpossibleStacksTests {
    private let graph = CallGraph(functions: [
        "main": .init(lines: [1, 20], caller: "<module>", from: [90, 91]),
        "work": .init(lines: [30, 40], caller: "main", from: [5, 6]),
        "key": .init(lines: [50, 55], caller: "work", from: [35, 35]),
    ])

    private func found(_ frames: String..., kind: Kind = .sampling) -> ImpossibleStacks? {
        var run = PlantedRun(kind)
        run.tick(0, run.stack(frames))
        return ImpossibleStacks(run.profile, graph, script: "program.py")
    }

    @Test func whatTheProgramCanHaveIsLegalAlsoThroughC() {
        #expect(found("<module>:90", "main:5", "work:35", "sorted()", "key:51") == ImpossibleStacks(stacks: 1))
        #expect(found("<module>:90", "main:0") == ImpossibleStacks(stacks: 1))
    }

    @Test(arguments: [
        (["<module>:90", "main:5", "key:51"], "key was called by main, not by work"),
        (["<module>:90", "main:5", "work:41"], "work was on line 41"),
        (["<module>:90", "main:7", "work:31"], "work was called from line 7 of main"),
        (["main:5", "work:31"], "main was called by nobody"),
        (["<module>:90", "ghost:5"], "ghost is no function of the program"),
        (["ghost:5"], "ghost is no function of the program"),
    ])
    func whatCannotBeIsFound(frames: [String], words: String) {
        var run = PlantedRun()
        run.tick(0, run.stack(frames))
        let found = ImpossibleStacks(run.profile, graph, script: "program.py")
        #expect(found == ImpossibleStacks(stacks: 1, impossible: 1, example: words))
    }

    @Test func stacksOfOtherFilesAreNotTheProgramsOwn() {
        var run = PlantedRun()
        run.tick(0, run.stack("ghost:1"))
        #expect(ImpossibleStacks(run.profile, graph, script: "other.py") == ImpossibleStacks())
    }

    @Test func aToolWithoutStacksIsNotAsked() {
        var run = PlantedRun(.tracing)
        run.profile.inclusive = InclusiveTimes(functions: nil)
        #expect(ImpossibleStacks(run.profile, graph, script: "program.py") == nil)
    }
}
