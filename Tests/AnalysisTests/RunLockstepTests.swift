import Analysis
import ProfileModel
import Testing

struct RunLockstepTests {
    /// 2,000 periodic ticks of a millisecond, every tenth a probe moved by some part of it; the stack is what the
    /// program does at an instant.
    private func run(doing stackAt: (_ instant: Int64, _ callback: StackID, _ rest: StackID) -> StackID) -> PlantedRun {
        var run = PlantedRun(schedule: .periodic)
        let (callback, rest) = (run.stack("main", "callback"), run.stack("main", "rest"))
        for number in 0..<2000 {
            let isProbe = number * 7 % 10 == 0
            let moved = isProbe ? Int64(number * 618_033 % 1_000_000) : 0
            let instant = Int64(number) * 1_000_000 + moved
            run.tick(number, stackAt(instant, callback, rest), instant: instant, isProbe: isProbe)
        }
        return run
    }

    /// A callback that fills the first fifth of every millisecond: from inside it looks like the whole time.
    @Test func lockstepIsFoundAndNamed() throws {
        let findings = try run { instant, callback, rest in
            instant % 1_000_000 < 200_000 ? callback : rest
        }.findings()
        let aliasing = findings.caveats.filter { $0.code == "aliasing" }
        #expect(aliasing.count == 2)
        #expect(aliasing.contains { $0.text.hasPrefix("module.callback runs in lockstep with the ticks") })
        #expect(!aliasing.contains { $0.text.contains("module.main") })
    }

    /// Four times as fast as the ticks: the probes' phases come from all sides of both circles and cancel.
    @Test func sharesAloneGiveItAway() throws {
        let findings = try run { instant, callback, rest in
            instant % 250_000 < 50_000 ? callback : rest
        }.findings()
        #expect(
            findings.caveats.contains {
                $0.code == "aliasing"
                    && $0.text.hasPrefix(
                        "module.callback runs in lockstep with the ticks: periodic ticks meet it 100.0 %")
            })
    }

    /// Often as many probes as periodic ticks meet it, but always in the same half of the interval.
    @Test func phasesAloneGiveItAway() throws {
        let findings = try run { instant, callback, rest in
            let isSecondHalf = instant % 1_000_000 >= 500_000
            let isOnTick = instant % 1_000_000 == 0 && instant / 1_000_000 % 2 == 0
            return isSecondHalf || isOnTick ? callback : rest
        }.findings()
        let aliasing = findings.caveats.filter { $0.code == "aliasing" }
        #expect(aliasing.contains { $0.text.contains("callback") && $0.text.contains("phases") })
    }

    /// Twice as fast as the ticks, and met by as many of them as by probes.
    @Test func phasesOfTheHalfGiveItAway() throws {
        let findings = try run { instant, callback, rest in
            let isOnTick = instant % 1_000_000 == 0 && instant / 1_000_000 % 5 == 0
            return (100_000..<200_000).contains(instant % 500_000) || isOnTick ? callback : rest
        }.findings()
        let aliasing = findings.caveats.filter { $0.code == "aliasing" }
        #expect(aliasing.contains { $0.text.contains("callback") && $0.text.contains("phases") })
    }

    /// A tenth of the probes, those of the last part of the interval, are lost, whatever the program does.
    @Test func phasesThatAreMissedAccuseNoOne() throws {
        var clean = run { instant, callback, rest in instant / 7_300_000 % 3 == 0 ? callback : rest }
        clean.profile.samples.removeAll { $0.isProbe && ($0.instant ?? 0) % 1_000_000 > 900_000 }
        #expect(try clean.findings().caveatCodes == ["periodic-no-interval"])
    }

    @Test func cleanProgramsAreNotAccused() throws {
        let slow = run { instant, callback, rest in instant / 50_000_000 % 3 == 0 ? callback : rest }
        let fast = run { instant, callback, rest in
            var hash = UInt64(instant) &* 0x9E37_79B9_7F4A_7C15
            hash = (hash ^ (hash >> 29)) &* 0xBF58_476D_1CE4_E5B9
            return (hash >> 33) % 10 < 3 ? callback : rest
        }
        #expect(try slow.findings().caveatCodes == ["periodic-no-interval"])
        #expect(try fast.findings().caveatCodes == ["periodic-no-interval"])
    }
}
