import Capture
import ProfileModel
import Testing

@testable import ProfileFormats

private let millisecond: Int64 = 1_000_000

private func seen(
    _ outcome: ThreadSample.Outcome = .valid, at instant: Int64, stack: UInt32 = 1, isRunning: Bool = false
) -> ThreadSample {
    ThreadSample(thread: 0, outcome: outcome, stack: stack, cpu: 0, instant: 1000 + instant, isRunning: isRunning)
}

private func tick(_ number: UInt64, _ threads: [ThreadSample], late: Int64 = 0) -> LogRecord {
    let due = Int64(number) * millisecond
    return .tick(
        TickRecord(number: number, due: due, taken: threads.isEmpty ? 0 : due + late, isProbe: false, threads: threads))
}

@Suite struct SampledLogTests {
    private let facts = [
        "design": "signal", "clock": "wall", "schedule": "jittered", "rate": "1000", "python": "3.11.2",
        "start": "1000", "process": "7",
    ]
    private let code = LogRecord.code(
        CodeRecord(id: 0, language: .python, firstLine: 4, name: "f", qualname: "C.f", file: "a.py"))
    private let stack = LogRecord.stack(StackRecord(id: 1, parent: 0, code: 0, instruction: -1))
    private let main = LogRecord.thread(
        ThreadRecord(index: 0, id: 7, begin: 1000, end: 1000 + 5 * 1_000_000, cpu: 3_000_000))

    /// Ticks that found no room in the log were due all the same.
    @Test func ticksThatAreNotThereAreMissed() throws {
        let ticks = [tick(0, [seen(at: 0)]), tick(3, [seen(at: 3 * millisecond)]), tick(4, [seen(.missed, at: 0)])]
        let late = LogRecord.answer(
            LateAnswer(tick: 4, thread: 0, outcome: .valid, stack: 1, instant: 1000 + 5 * millisecond))
        let ledger = try #require(
            profile(facts, [code, stack, main] + ticks + [late, .end(1000 + 5 * millisecond)]).ledger)
        #expect(ledger.due == 5 && ledger.taken == 3 && ledger.missed == 2)
    }

    /// A log of a few bytes that tells of ticks without end takes no memory without end.
    @Test func onlySoManyTicksAreMissing() throws {
        let ticks = [UInt64(0), 6_000_000, 12_000_000, 18_000_000].map { tick($0, [seen(at: 0)]) }
        let end = LogRecord.end(1000 + 18_000_000 * millisecond)
        let ledger = try #require(profile(facts, [code, stack, main] + ticks + [end]).ledger)
        #expect(ledger.taken == 4 && ledger.due < 10_000_004)
    }

    /// A number without a name is a task that is not known.
    @Test func tasksHaveTheirNames() throws {
        var samples = (0..<4).map { seen(at: Int64($0) * millisecond) }
        for at in samples.indices { samples[at].task = [TaskNames.none, TaskNames.unknown, 2, 3][at] }
        let ticks = samples.indices.map { tick(UInt64($0), [samples[$0]]) } + [tick(4, [seen(.missed, at: 0)])]
        let late = LogRecord.answer(
            LateAnswer(tick: 4, thread: 0, outcome: .valid, stack: 1, instant: 1000 + 5 * millisecond, task: 2))
        let records = [code, stack, main, .task(number: 2, name: "fetch")] + ticks
        let read = try profile(facts, records + [late, .end(1000 + 5 * millisecond)])
        #expect(read.samples.map(\.task) == [nil, .unknown, .named("fetch"), .unknown, .named("fetch")])
    }

    /// A thread that lost ticks while it waited stands for none of them on the CPU clock; one that ran stands for those it ran at.
    @Test(arguments: [(100_000, 1), (4 * millisecond, 4), (2 * millisecond, 2)] as [(Int64, Int64)])
    func lostTicksCountByCPUTime(cpu: Int64, weight: Int64) throws {
        var back = seen(at: 4 * millisecond, isRunning: true)
        back.cpu = cpu
        let ticks =
            [tick(0, [seen(at: 0, isRunning: false)])] + (1...3).map { tick($0, [seen(.overtaken, at: 0)]) } + [
                tick(4, [back])
            ]
        let read = try profile(
            facts.merging(["clock": "cpu"]) { $1 }, [code, stack, main] + ticks + [.end(1000 + 5 * millisecond)])
        // The first sample was of a thread that waited, and counts for nothing: half of what was lost goes with it.
        let one = read.samples.map(\.nanoseconds).max() ?? 0
        #expect(
            read.samples.map { $0.nanoseconds > 0 } == [false, true]
                && one == read.threadTime / (2 + (weight - 1)) * (2 + (weight - 1)))
    }

    /// A thread that was seen running too seldom, for others had its processor, has the time that the kernel says all the same;
    /// those of few ticks have theirs together.
    @Test func ticksOfAThreadAddUpToItsCPUTime() throws {
        let (often, seldom, few) = (60, 40, 4)
        let owners = [(0, often), (1, seldom), (2, few)].flatMap { [Int](repeating: $0.0, count: $0.1) }
        let ticks = owners.enumerated().map { number, owner in
            var sample = seen(at: Int64(number) * millisecond, isRunning: true)
            sample.thread = UInt32(owner)
            return tick(UInt64(number), [sample])
        }
        let threads = [60, 60, 5, 3].enumerated().map { index, cpu in
            LogRecord.thread(
                ThreadRecord(
                    index: UInt32(index), id: 7 + Int32(index), begin: 1000, end: 1000 + 105 * millisecond,
                    cpu: cpu * millisecond))
        }
        let read = try profile(
            facts.merging(["clock": "cpu"]) { $1 }, [code, stack] + threads + ticks + [.end(1000 + 105 * millisecond)])
        let times = (0..<3).map { thread in
            read.samples.filter { $0.thread == thread }.reduce(Int64(0)) { $0 + $1.nanoseconds } / 1000
        }
        // No tick saw the fourth, whose time is that of the third's ticks.
        #expect(times == [60_000, 60_000, 8_000])
    }

    /// One that looks saw begin and end lived half an interval more on either side, on average.
    @Test func aThreadLivesBeyondTheLooksThatSawIt() throws {
        let there: [[UInt32]] = [[0], [0, 1], [0, 1, 2], [0], [0]]
        let ticks = there.enumerated().map { number, threads in
            tick(
                UInt64(number),
                threads.map { thread in
                    var sample = seen(at: Int64(number) * millisecond)
                    sample.thread = thread
                    return sample
                })
        }
        let others = [(1, 1, 2), (2, 2, 2)].map { index, first, last in
            LogRecord.thread(
                ThreadRecord(
                    index: UInt32(index), id: 7 + Int32(index), begin: 1000 + Int64(first) * millisecond,
                    end: 1000 + Int64(last) * millisecond, cpu: 0))
        }
        let read = try profile(facts, [code, stack, main] + others + ticks + [.end(1000 + 5 * millisecond)])
        #expect(read.threads.map(\.nanoseconds) == [5 * millisecond, 2 * millisecond, millisecond])
    }

    @Test func theKernelsAccountIsBetweenItsFirstAndItsLast() throws {
        var first = AccountRecord()
        (first.instant, first.cpu, first.childrenCPU, first.ownCPU) = (
            1000, 5 * millisecond, 2 * millisecond, millisecond
        )
        var last = first
        (last.instant, last.cpu, last.childrenCPU, last.ownCPU) = (
            1000 + 5 * millisecond, 9 * millisecond, 5 * millisecond, 2 * millisecond
        )
        (last.children, last.others, last.othersCPU) = (0, 2, millisecond)
        let read = try profile(
            facts,
            [.account(first), code, stack, main, tick(0, [seen(at: 0)]), .account(last), .end(1000 + 5 * millisecond)])
        var account = try #require(read.account)
        #expect(account.start == 1000 && account.end == 1000 + 5 * millisecond && account.isClosed)
        #expect(account.cpuSeconds == 0.003 && account.followedCPUSeconds == 0.003 && account.otherCPUSeconds == 0.001)
        // One that was waited for was there, whether or not it was seen.
        #expect(account.childCPUSeconds == 0.003 && account.childProcesses == 1 && account.otherThreads == 2)
        account.close(began: 0, ended: 1000 + 15 * millisecond, cpuSeconds: 0.024)
        #expect(
            account.secondsAfter == 0.01 && abs(account.cpuSecondsAfter - 0.01) < 1e-12 && account.secondsBefore == 1e-6
        )
        let again = try ProfileFormat.read(
            ProfileFormat.write(
                {
                    var p = read; p.account = account; p.account?.cpuSecondsToTheEnd = 0; return p
                }(), as: .pprof), as: .pprof, path: "x")
        account.cpuSecondsToTheEnd = 0
        #expect(again.account == account)
    }

    @Test func everyTickIsAccountedFor() throws {
        let ticks = [
            tick(0, [seen(at: 0)]), tick(1, [seen(at: millisecond)], late: 600_000), tick(2, []),
            tick(3, [seen(.failed, at: 0)]), tick(4, [seen(.missed, at: 0)]),
        ]
        let ledger = try #require(profile(facts, [code, stack, main] + ticks + [.end(1000 + 5 * millisecond)]).ledger)
        #expect(ledger.due == 5 && ledger.taken == 2 && ledger.late == 1 && ledger.missed == 2 && ledger.failed == 1)
        #expect(ledger.gaps.longest == Double(millisecond))
        #expect(ledger.lateBy == [.sampler: 1] && ledger.lostBy == [.sampler: 1, .unverified: 1, .unanswered: 1])
    }

    /// Ticks 1 and 2 fall into one system call, at whose end the thread answers to both.
    @Test func aLateAnswerIsTheTicksOwn() throws {
        let records = [
            code, stack, main, tick(0, [seen(at: 0)]), tick(1, [seen(.missed, at: 0)]), tick(2, [seen(.missed, at: 0)]),
            .answer(LateAnswer(tick: 1, thread: 0, outcome: .valid, stack: 1, instant: 1000 + 3 * millisecond)),
            .answer(LateAnswer(tick: 2, thread: 0, outcome: .valid, stack: 1, instant: 1000 + 3 * millisecond)),
            tick(3, [seen(at: 3 * millisecond)]), .end(1000 + 4 * millisecond),
        ]
        let read = try profile(facts, records)
        let ledger = try #require(read.ledger)
        #expect(ledger.taken == 4 && ledger.late == 2 && ledger.lateBy == [.pending: 2] && ledger.lostBy == [:])
        // A thread whose signal is pending does not run: what it answers late it saw when it was asked.
        #expect(read.samples.map(\.instant) == [0, millisecond, 2 * millisecond, 3 * millisecond])
    }

    @Test func whatAThreadThatBlocksTheSignalAnswersIsLost() throws {
        let moved = LogRecord.answer(
            LateAnswer(tick: 1, thread: 0, outcome: .moved, stack: 0, instant: 1000 + 3 * millisecond))
        let read = try profile(
            facts,
            [
                code, stack, main, tick(0, [seen(at: 0)]), tick(1, [seen(.missed, at: 0)]), moved,
                .end(1000 + 2 * millisecond),
            ])
        #expect(read.ledger?.lostBy == [.blocked: 1] && read.samples.count == 1)
    }

    /// Two lost ticks between a sample on either side, and one behind the last.
    @Test func neighboursStandForLostTicks() throws {
        let lost = [1, 2, 5].map { tick($0, [seen(.overtaken, at: 0)]) }
        let taken = [0, 3, 4].map { tick(UInt64($0), [seen(at: Int64($0) * millisecond)]) }
        let ticks = [taken[0], lost[0], lost[1], taken[1], taken[2], lost[2]]
        let read = try profile(facts, [code, stack, main] + ticks + [.end(1000 + 6 * millisecond)])
        let half = 5 * millisecond / 12
        #expect(read.samples.map { $0.nanoseconds / half } == [4, 4, 4])
        #expect(read.ledger?.lostBy == [.sampler: 3])
    }

    @Test func theTalksDesignLeavesLostTicksOut() throws {
        var facts = facts
        facts["design"] = "gil"
        let read = try profile(
            facts,
            [
                code, stack, main, tick(0, [seen(at: 0)]), tick(1, []), tick(2, [seen(at: 2 * millisecond)]),
                .end(1000 + 3 * millisecond),
            ])
        #expect(Set(read.samples.map(\.nanoseconds)).count == 1)
    }

    @Test func stacksOfSingleThreadsThatWereLostAreCounted() throws {
        let ticks = [
            tick(0, [seen(at: 0), seen(.missed, at: 0), seen(.failed, at: 0)]), tick(1, [seen(.missed, at: 0)]),
        ]
        let ledger = try #require(profile(facts, [code, stack, main] + ticks + [.end(1000 + 2 * millisecond)]).ledger)
        #expect(ledger.taken == 1 && ledger.threadSamples == 1 && ledger.threadSamplesLost == 2)
        #expect(ledger.lostTicks == 3)
    }

    @Test func ticksAreAccountedForWithoutTheirSamples() throws {
        let records = [
            code, stack, main, tick(0, [seen(at: 0), seen(.missed, at: 0)]), tick(1, [seen(at: millisecond)]),
            tick(2, []), .end(1000 + 3 * millisecond),
        ]
        let (whole, bare) = (try profile(facts, records), try profile(facts, records, samples: false))
        #expect(whole.samples.count == 2 && bare.samples.isEmpty)
        #expect(bare.ledger == whole.ledger && bare.seconds == whole.seconds)
        #expect(bare.threads.map(\.nanoseconds) == whole.threads.map(\.nanoseconds))
    }

    /// The last interval lasts half as long as the others, and its tick was due in that half.
    @Test func theTickOfALastIntervalThatIsNotWholeCounts() throws {
        let records = [
            code, stack, main, tick(0, [seen(at: 0)]), tick(1, [seen(at: millisecond)]),
            tick(2, [seen(at: 2 * millisecond)]),
        ]
        let read = try profile(facts, records + [.end(1000 + 3 * millisecond / 2)])
        #expect(read.ledger?.due == 2)
        #expect(read.samples.count == 2)
    }

    @Test func wallSamplesStandForEqualPartsOfTheThreadsLives() throws {
        let read = try profile(
            facts,
            [code, stack, main] + (0..<5).map { tick($0, [seen(at: Int64($0) * millisecond)]) } + [
                .end(1000 + 5 * millisecond)
            ])
        #expect(read.threadTime == 5 * millisecond)
        #expect(read.samples.allSatisfy { $0.nanoseconds == millisecond })
        #expect(read.threads.map(\.name) == ["main thread"])
    }

    @Test func onTheCPUClockTicksAtWhichTheThreadRunsCount() throws {
        var facts = facts
        facts["clock"] = "cpu"
        let ticks = [
            tick(0, [seen(at: 0, isRunning: true)]), tick(1, [seen(at: 0)]), tick(2, [seen(at: 0, isRunning: true)]),
        ]
        let read = try profile(facts, [code, stack, main] + ticks + [.end(1000 + 3 * millisecond)])
        #expect(read.samples.map(\.nanoseconds) == [1_500_000, 0, 1_500_000])
        #expect(read.threadTime == 3_000_000)
    }

    @Test func aProgramThatWasKilledLosesNothingWritten() throws {
        let read = try profile(
            facts,
            [
                code, stack, main, tick(0, [seen(at: 0)]), tick(1, [seen(at: millisecond)]),
                tick(2, [seen(at: 2 * millisecond)]),
            ])
        #expect(read.samples.count >= 2)
        #expect(read.caveats.map(\.code) == ["ended-abruptly"])
    }

    @Test func aDamagedLogYieldsWhatCameBefore() throws {
        let read = try profile(
            facts, [code, stack, main, tick(0, [seen(at: 0)]), .end(1000 + 5 * millisecond)], cutBy: 2)
        #expect(read.caveats.map(\.code).contains("damaged-log"))
        #expect(read.samples.count == 1)
    }

    @Test func livesThatAddUpToMoreThanCanBeAreRefused() {
        let threads = (UInt32(0)..<6).map { index in
            LogRecord.thread(ThreadRecord(index: index, id: Int32(index), begin: 1000, end: 1000, cpu: 0))
        }
        let samples = (UInt32(0)..<6).map { index in
            var sample = seen(at: 0)
            sample.thread = index
            return sample
        }
        let last = LogRecord.tick(
            TickRecord(number: 0, due: 0, taken: 1_000_000_000_000_000_000, isProbe: false, threads: samples))
        #expect(throws: CaptureLogError.self) { try profile(facts, [code, stack] + threads + [last]) }
    }

    @Test func theTalksDesignDoesNotOwnItsInstants() throws {
        var facts = facts
        facts["design"] = "gil"
        #expect(try !profile(facts, [.end(2000)]).instantsAreOwn)
    }
}
