import ProfileModel
import Testing

/// Profiles of several processes as one, and parts of it.
@Suite struct ProfileProcessesTests {
    private static let second: Int64 = 1_000_000_000

    /// One process whose ticks see one stack each, a tick a millisecond; `f:3` is line 3 of `f`.
    private func process(
        _ id: Int64, parent: Int64? = nil, name: String, start: Int64 = 0, cpu: Double = 1, children: Double = 0,
        childProcesses: Int = 0, end: Int64 = second, _ stacks: [[String]]
    ) -> Profile {
        var profile = Profile(design: "signal", kind: .sampling)
        var symbols = SymbolInterning()
        for (number, stack) in stacks.enumerated() {
            let frames = stack.map { frame in
                let parts = frame.split(separator: ":").map(String.init)
                let function = Function(name: parts[0], qualname: parts[0], file: "p.py", line: 1)
                return symbols.intern(function, line: Int(parts[1]) ?? 0)
            }
            profile.samples.append(
                Sample(
                    stack: profile.stacks.intern(rootFirst: frames), thread: 0, tick: number,
                    instant: Int64(number) * 1_000_000, count: 1, nanoseconds: 2_000_000))
        }
        (profile.functions, profile.locations) = (symbols.functions, symbols.locations)
        profile.threads = [
            ThreadLife(id: id, name: "main thread", nanoseconds: Int64(stacks.count) * 2_000_000)
        ]
        var ledger = Ledger()
        (ledger.due, ledger.taken) = (stacks.count, stacks.count)
        profile.ledger = ledger
        var account = ProcessAccount(start: start, end: end, isClosed: true)
        (account.cpuSeconds, account.cpuSecondsToTheEnd) = (cpu, cpu + children)
        (account.childCPUSeconds, account.childProcesses) = (children, childProcesses)
        profile.account = account
        profile.processes = [
            ProcessLife(
                id: id, parent: parent, name: name, start: start, seconds: 1, account: account, ledger: ledger)
        ]
        return profile
    }

    @Test func everyStackIsWhatItWas() throws {
        let own = process(7, name: "a.py", [["main:1", "f:3"], ["main:2"]])
        let child = process(8, parent: 7, name: "w", start: 500, [["f:3"], ["main:1", "f:3"], ["g:9"]])
        let merged = try #require(Profile.merging(processes: [own, child]))
        let expected = [own, child].flatMap { profile in profile.samples.map { names(of: $0, in: profile) } }
        #expect(merged.samples.map { names(of: $0, in: merged) } == expected)
        #expect(merged.samples.map(\.thread) == [0, 0, 1, 1, 1])
        #expect(merged.samples.compactMap(\.instant) == [0, 1_000_000, 500, 1_000_500, 2_000_500])
        #expect(merged.threads.map(\.name) == ["main thread", "main thread of w"])
        #expect(merged.threads.map(\.process) == [0, 1] && merged.processes.map(\.id) == [7, 8])
        #expect(merged.ledger?.due == 5 && merged.processes.map { $0.ledger?.due } == [2, 3])
        // Equal functions are one, whichever process they are of.
        #expect(Set(merged.functions).count == merged.functions.count)
    }

    @Test func aPartIsWhatTheProcessAloneIs() throws {
        let profiles = [
            process(7, name: "a.py", [["main:1", "f:3"], ["main:2"]]),
            process(8, parent: 7, name: "w", start: 500, [["f:3"], ["g:9"]]),
            process(9, parent: 7, name: "x", start: 900, [["main:1"]]),
        ]
        let merged = try #require(Profile.merging(processes: profiles))
        for (at, profile) in profiles.enumerated() {
            let part = merged.only(processes: [at])
            #expect(part.samples.map { names(of: $0, in: part) } == profile.samples.map { names(of: $0, in: profile) })
            #expect(part.samples.map(\.instant) == profile.samples.map(\.instant))
            #expect(part.threadTime == profile.threadTime && part.ledger == profile.ledger)
            #expect(part.processes.map(\.id) == profile.processes.map(\.id) && part.threads.map(\.process) == [0])
        }
        let two = merged.only(processes: [1, 2])
        #expect(two.processes.map(\.id) == [8, 9] && two.threads.map(\.process) == [0, 1])
        #expect(two.samples.map(\.instant) == [0, 1_000_000, 400])
    }

    /// Of 5 s that the kernel says of children, 3 are of one that is profiled and its own child, which is profiled too.
    @Test func followedChildrenAreTakenOutOnce() throws {
        let merged = try #require(
            Profile.merging(processes: [
                process(7, name: "a.py", children: 5, childProcesses: 3, end: 3 * Self.second, [["f:1"]]),
                process(
                    8, parent: 7, name: "w", start: 1, cpu: 2, children: 1, childProcesses: 1, end: 2 * Self.second, []),
                process(9, parent: 8, name: "x", start: 2, cpu: 1, []),
            ]))
        #expect(merged.processes.map { $0.account?.childCPUSeconds } == [2, 0, 0])
        #expect(merged.processes.map { $0.account?.childProcesses } == [2, 0, 0])
        #expect(merged.account == merged.processes[0].account)
    }

    /// A parent that has not waited for a child is told nothing of its time.
    @Test func aChildThatRunsOnIsNotTakenOut() throws {
        let merged = try #require(
            Profile.merging(processes: [
                process(7, name: "a.py", children: 2, childProcesses: 2, [["f:1"]]),
                process(8, parent: 7, name: "w", start: 1, cpu: 5, end: 2 * Self.second, []),
            ]))
        #expect(merged.account?.childCPUSeconds == 2 && merged.account?.childProcesses == 1)
    }

    @Test func aProgramThatBecameAnotherGoesOnInThatOnesProfile() throws {
        var merged = try #require(
            Profile.merging(processes: [
                process(7, name: "a.py", end: Self.second, [["f:1"]]),
                process(7, parent: 7, name: "b.py", start: Self.second, cpu: 3, end: 4 * Self.second, [["g:1"]]),
            ]))
        merged.close(began: 0, ended: 4 * Self.second, cpuSeconds: 3)
        #expect(merged.account?.secondsAfter == 0 && merged.account?.cpuSecondsAfter == 0)
        #expect(merged.processes[0].account == merged.account)
    }

    @Test func whatIsSaidOfManyIsSaidOnce() throws {
        let profiles = (0..<6).map { number in
            var profile = process(Int64(7 + number), parent: number == 0 ? nil : 7, name: "w\(number)", [["f:1"]])
            if number > 0 { profile.caveats = [Caveat(code: "ended-abruptly", text: "it ended")] }
            return profile
        }
        let merged = try #require(Profile.merging(processes: profiles))
        #expect(merged.caveats == [Caveat(code: "ended-abruptly", text: "w1, w2, w3 and 2 more: it ended")])
    }

    @Test func profilesThatListNoProcessAreNotMerged() {
        #expect(Profile.merging(processes: []) == nil)
        #expect(Profile.merging(processes: [Profile(design: "signal", kind: .sampling)]) == nil)
    }

    private func names(of sample: Sample, in profile: Profile) -> [String] {
        profile.stacks.frames(of: sample.stack).map {
            "\(profile.function(at: $0).name):\(profile.locations[$0.index].line)"
        }
    }
}
