import ProfileModel
import Testing

@testable import ProfileFormats

/// Threads that wait are written as one sample for many ticks, and come back as they were.
@Suite struct PprofRunsTests {
    private var profile: Profile {
        var profile = Profile(design: "signal", kind: .sampling, clock: .wall)
        profile.schedule = .jittered
        profile.rate = 1000
        var symbols = SymbolInterning()
        let stacks = (1...4).map { line in
            profile.stacks.push(
                symbols.intern(Function(name: "f\(line)", qualname: "f\(line)", file: "a.py", line: 1), line: line),
                onto: .empty)
        }
        (profile.functions, profile.locations) = (symbols.functions, symbols.locations)
        profile.threads = (0..<6).map { ThreadLife(id: Int64(100 + $0), name: "thread \($0)", nanoseconds: 1) }
        for tick in 0..<300 where tick % 40 != 13 {
            for thread in 0..<6 where !(thread == 5 && tick > 200) {
                let stack = thread == 0 ? stacks[tick % 2] : thread == 3 && tick % 70 == 3 ? stacks[3] : stacks[2]
                let instant = Int64(tick * 1_000_000 + (thread == 4 && tick % 9 == 0 ? 7 : 0))
                profile.samples.append(
                    Sample(
                        stack: stack, thread: thread, tick: tick, instant: instant, count: 1,
                        nanoseconds: thread == 2 && tick == 99 ? 5 : 10, note: SampleNote(opcode: "CALL")))
            }
        }
        return profile
    }

    @Test func whatIsWrittenByRunsComesBackAsItWas() throws {
        let profile = profile
        let (byRuns, each) = (try PprofWriter.unpacked(profile, runsFrom: 1), try PprofWriter.unpacked(profile))
        #expect(byRuns.count < each.count / 2)
        #expect(try ProfileFormat.read(byRuns, path: "a.pb") == ProfileFormat.read(each, path: "a.pb"))
        #expect(try ProfileFormat.read(byRuns, path: "a.pb").samples == profile.samples)
    }

    @Test func samplesInNoOrderAreWrittenOneByOne() throws {
        var profile = profile
        profile.samples.swapAt(3, 4)
        #expect(PprofRuns.lengths(profile.samples, from: 1) == nil)
        #expect(
            try ProfileFormat.read(PprofWriter.unpacked(profile, runsFrom: 1), path: "a.pb").samples == profile.samples)
    }

    @Test func runsThatCannotBeAreDamage() {
        let sample = Sample(stack: .empty, thread: 0, tick: 0, instant: 0, count: 4, nanoseconds: 4)
        #expect(throws: FormatError.self) { try PprofRuns.expand([sample], [0: 4]) }
        #expect(throws: FormatError.self) { try PprofRuns.expand([sample], [0: 3]) }
        #expect(throws: FormatError.self) { try PprofRuns.expand([sample], [0: 0]) }
        #expect(throws: FormatError.self) { try PprofRuns.expand([sample], [0: 1 << 30]) }
    }
}
