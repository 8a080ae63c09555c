import ProfileModel
import Testing

@testable import Analysis

/// Shares of the time by task.
@Suite struct TaskSharesTests {
    /// A tick a millisecond at each of which one thread runs such a task.
    private func run(_ tasks: [RunningTask?], _ kind: Kind = .sampling) -> PlantedRun {
        var run = PlantedRun(kind, threads: [Int64(tasks.count) * 1_000_000])
        let stacks = [run.stack("main:1", "f:2"), run.stack("g:3")]
        run.ticks(tasks.indices.map { stacks[$0 % 2] })
        for at in tasks.indices { run.profile.samples[at].note = SampleNote(task: tasks[at]) }
        run.ledger(due: tasks.count)
        return run
    }

    private let mixed: [RunningTask?] =
        Array(repeating: .named("a"), count: 50) + Array(repeating: .named("b"), count: 30)
        + Array(repeating: nil, count: 16) + Array(repeating: .unknown, count: 4)

    @Test func everyTickIsSomebodys() throws {
        let findings = try run(mixed).findings()
        let tasks = try #require(findings.tasks)
        let taskless = try #require(findings.taskless)
        #expect(tasks.map(\.name) == ["a", "b"])
        #expect(isClose(tasks[0].`self`.share, 0.5) && isClose(tasks[1].`self`.share, 0.3))
        #expect(isClose(taskless.none.share, 0.16) && isClose(taskless.unknown.share, 0.04))
        #expect(isClose(tasks[0].`self`.seconds, 0.05) && tasks[0].total == tasks[0].`self`)
        let (low, high) = (tasks[0].`self`.low ?? 1, tasks[0].`self`.high ?? 0)
        #expect(low < 0.5 && high > 0.5 && high - low < 0.2 && high - low > 0.001)
    }

    /// A tick that sees two threads gives each its half, as it does to functions.
    @Test func threadsAreParts() throws {
        var run = PlantedRun(threads: [100_000_000, 100_000_000])
        let stack = run.stack("f:2")
        for number in 0..<100 { run.tick(number, stack, stack) }
        for at in run.profile.samples.indices {
            run.profile.samples[at].note = SampleNote(task: at % 2 == 0 ? .named("one") : nil)
        }
        let findings = try run.findings()
        #expect(isClose(findings.tasks?.first?.`self`.share, 0.5) && isClose(findings.taskless?.none.share, 0.5))
    }

    @Test func sharesAreOfTheTimeWithinAFunction() throws {
        let findings = try run(mixed).findings(within: "f")
        #expect(isClose(findings.tasks?.first?.`self`.share, 0.5))
        var own = run(mixed)
        for at in own.profile.samples.indices where at % 2 == 1 {
            own.profile.samples[at].note = SampleNote(task: .named("elsewhere"))
        }
        #expect(try own.findings(within: "f").tasks?.map(\.name) == ["a", "b"])
    }

    /// A name that looks like what stands for no task is a task's all the same.
    @Test func namesAreNeverTakenForTheOthers() throws {
        let findings = try run([.named("none"), .named("unknown"), .named(""), nil, nil, .unknown]).findings()
        #expect(Set(try #require(findings.tasks).map(\.name)) == ["none", "unknown", ""])
        #expect(isClose(findings.taskless?.none.share, 2.0 / 6) && isClose(findings.taskless?.unknown.share, 1.0 / 6))
    }

    @Test func whereNoTaskWasSeenThereAreNone() throws {
        let findings = try run([nil, nil, nil]).findings()
        #expect(findings.tasks == nil && findings.taskless == nil)
    }
}
