import ProfileModel
import Testing

@testable import Analysis

/// Each rule on a planted case in which one design is known to be wrong, and on cases beside it in
/// which one cannot tell.
@Suite struct VerdictTests {
    private let signal = DesignEvidence(name: "signal", kind: .sampling, instantsAreOwn: true, seconds: 1)

    /// `f` has nearly all the calls and a third of the time; the tracer takes three times as long.
    private var tracer: DesignEvidence { tracer(calls: 1_000_000) }

    private func tracer(calls: Double) -> DesignEvidence {
        var events = CallEnds()
        events.halves = [.planted("f"): 0.9 * calls, .planted("g"): 0.02 * calls]
        events.touching = [.planted("f"): 0.93 * calls, .planted("g"): 0.02 * calls]
        events.calls = calls
        return DesignEvidence(
            name: "setprofile", kind: .tracing, instantsAreOwn: true, slowdown: Ratio(ratio: 3, low: 2.9, high: 3.1),
            seconds: 3, events: events)
    }

    private let gil = DesignEvidence(name: "gil", kind: .sampling, instantsAreOwn: false)

    private func verdict(
        _ a: DesignEvidence, _ shareA: Double, _ b: DesignEvidence, _ shareB: Double,
        at place: DisputedPlace = .function(.planted("f"))
    ) -> Verdict {
        Verdict(on: Dispute(a: a, b: b, place: place, shareA: shareA, shareB: shareB))
    }

    // MARK: many calls

    @Test func theTracerInflatesWhereCallsAreMany() {
        let found = verdict(tracer, 0.7, signal, 0.33)
        #expect(found.likelier == "signal" && found.rule == .manyCalls)
        #expect(
            found.text
                == "`signal` is likelier: `setprofile` spends up to 2.00 µs on each of the 1,000,000 calls of a run, and "
                + "93 % of them go into `f` or out of it.")
        #expect(verdict(signal, 0.33, tracer, 0.7) == found)
    }

    @Test func theTracerDeflatesTheOthers() {
        let found = verdict(tracer, 0.3, signal, 0.67, at: .function(.planted("g")))
        #expect(found.likelier == "signal" && found.rule == .manyCalls)
        #expect(
            found.text
                == "`signal` is likelier: `setprofile` spends up to 2.00 µs on each of the 1,000,000 calls of a run, and "
                + "`g` has 67 % of the time but only 2.0 % of their ends.")
    }

    @Test func callsTellNothingOfTheOtherSign() {
        #expect(verdict(tracer, 0.2, signal, 0.33).rule == .cannotTell)
    }

    /// The same shares and slowdown, and the same parts of the calls; but 24 calls cost no two seconds.
    @Test func fewCallsTellNothing() {
        for (function, trueShare, share) in [("f", 0.33, 0.7), ("g", 0.67, 0.3)] {
            let found = verdict(tracer(calls: 24), share, signal, trueShare, at: .function(.planted(function)))
            #expect(found.rule == .cannotTell && found.likelier == nil)
            #expect(found.text.hasPrefix("Cannot tell: the 24 calls of a run that `setprofile` noted, of which "))
        }
    }

    /// At 0.1 µs a call, the calls bring a true 33 % to (0.33 + 0.09)/1.1 = 38 %, and no further.
    @Test func cheapCallsExplainLittle() {
        var calibrated = tracer
        calibrated.costOfCall = 1e-7
        #expect(verdict(calibrated, 0.7, signal, 0.33).rule == .cannotTell)
        #expect(verdict(calibrated, 0.4, signal, 0.33).rule == .manyCalls)
    }

    /// Calls could bring this share to (0.85 + 1.8)/3 = 0.883 only, and the tracer says 1.
    @Test func callsTellNothingOfTooLargeADifference() {
        #expect(verdict(tracer, 1.0, signal, 0.85).rule == .cannotTell)
    }

    @Test func aTracerThatCostsNothingInflatesNothing() {
        var cheap = tracer
        cheap.slowdown = Ratio(ratio: 1.5, low: 0.9, high: 2.5)
        #expect(verdict(cheap, 0.7, signal, 0.33).rule == .cannotTell)
        cheap.slowdown = nil
        #expect(verdict(cheap, 0.7, signal, 0.33).rule == .cannotTell)
    }

    @Test func callsAreNotKnownByLine() {
        #expect(verdict(tracer, 0.7, signal, 0.33, at: .line(SourceLine(file: "p.py", line: 2))).rule == .cannotTell)
    }

    // MARK: long calls

    /// A second in which `calls` makes calls of 100 ms and `loops` runs pure Python for 60 ms, in turn.
    private static func sampled(calling: String? = "CALL") -> Profile {
        var run = PlantedRun()
        let (calls, loops) = (run.stack("main:1", "calls:5"), run.stack("main:2", "loops:9"))
        for tick in 0..<960 { run.tick(tick, tick % 160 < 100 ? calls : loops) }
        for at in run.profile.samples.indices {
            run.profile.samples[at].note = SampleNote(
                opcode: run.profile.samples[at].stack == calls ? calling : "JUMP_BACKWARD")
        }
        return run.profile
    }

    /// The same, looked at behind each call, if it holds the lock, and every 6 ms otherwise.
    private static func waiting(holding: Bool = true) -> Profile {
        var run = PlantedRun()
        let (calls, loops) = (run.stack("main:1", "calls:5"), run.stack("main:2", "loops:9"))
        for tick in 0..<960 {
            let phase = tick % 160
            if holding ? phase == 100 : phase < 100 && phase % 6 == 0 { run.tick(tick, calls) }
            if phase > 100, phase % 6 == 0 { run.tick(tick, loops) }
        }
        run.profile.design = "gil"
        run.profile.instantsAreOwn = false
        return run.profile
    }

    private func judged(_ sampled: Profile, _ waiting: Profile, at name: String, _ share: Double, _ gilShare: Double)
        -> Verdict
    {
        let arms = [sampled, waiting].map { ComparisonArm(repeats: [$0, $0], name: $0.design) }
        let evidence = arms.map { DesignEvidence($0, isAliasing: false) }
        let key = FunctionKey(file: "program.py", line: 1, name: name)
        return verdict(evidence[0], share, evidence[1], gilShare, at: .function(key))
    }

    @Test func longCallsAreNotLookedAt() {
        let calls = judged(Self.sampled(), Self.waiting(), at: "calls", 0.625, 0.1)
        #expect(calls.likelier == "signal" && calls.rule == .longCallsHoldTheGIL)
        #expect(calls.text.hasPrefix("`signal` is likelier: `gil` could not look during long calls in `calls`, 5"))
        let loops = judged(Self.sampled(), Self.waiting(), at: "loops", 0.375, 0.9)
        #expect(loops.likelier == "signal" && loops.rule == .longCallsHoldTheGIL)
        #expect(loops.text.contains("in `calls`") && loops.text.hasSuffix("so that the rest looks larger."))
    }

    @Test func longCallsByLine() {
        let arms = [Self.sampled(), Self.waiting()].map { ComparisonArm(repeats: [$0], name: $0.design) }
        let evidence = arms.map { DesignEvidence($0, isAliasing: false) }
        let found = verdict(evidence[0], 0.625, evidence[1], 0.1, at: .line(SourceLine(file: "program.py", line: 5)))
        #expect(found.rule == .longCallsHoldTheGIL && found.text.contains("in `program.py:5`"))
    }

    @Test func longCallsTellNothingOfTheOtherSign() {
        #expect(judged(Self.sampled(), Self.waiting(), at: "calls", 0.625, 0.9).rule == .cannotTell)
        #expect(judged(Self.sampled(), Self.waiting(), at: "loops", 0.375, 0.1).rule == .cannotTell)
    }

    /// Pure Python, as long, on a machine so busy that looks come seldom: no call holds the lock.
    @Test func waitingWithoutCallsTellsNothing() {
        for opcode in ["BINARY_OP", nil] {
            let found = judged(Self.sampled(calling: opcode), Self.waiting(), at: "calls", 0.625, 0.1)
            #expect(found.rule == .cannotTell)
            #expect(found.text.contains("the program chose when `gil` looked"))
        }
    }

    /// Short calls in a loop look like a long one from outside, but the lock is handed over between them.
    @Test func callsWithoutWaitingTellNothing() {
        #expect(judged(Self.sampled(), Self.waiting(holding: false), at: "calls", 0.625, 0.3).rule == .cannotTell)
    }

    /// What another function's calls do to a third one's share is little.
    @Test func aDifferenceTooLargeForTheLongCallsIsNotTheirs() {
        #expect(judged(Self.sampled(), Self.waiting(), at: "elsewhere", 0.1, 0.9).rule == .cannotTell)
    }

    /// Which of several threads held the lock nobody knows.
    @Test func severalThreadsAreNoEvidence() {
        var several = Self.sampled()
        several.threads.append(several.threads[0])
        #expect(judged(several, Self.waiting(), at: "calls", 0.625, 0.1).rule == .cannotTell)
    }

    @Test func aTracerIsNotJudgedByASamplerThatWaits() {
        #expect(verdict(tracer, 0.7, gil, 0.33).rule == .cannotTell)
    }

    // MARK: lockstep

    @Test func lockstepSpeaksForTheTracer() {
        var periodic = signal
        periodic.isAliasing = true
        let found = verdict(periodic, 0, tracer, 0.1)
        #expect(found.likelier == "setprofile" && found.rule == .lockstep)
        #expect(verdict(periodic, 0, signal, 0.1).rule == .cannotTell)
    }

    /// What many calls do is reckoned from the sampler's share, which lockstep has spoilt.
    @Test func lockstepLeavesNoEvidenceOfManyCalls() {
        var periodic = signal
        periodic.isAliasing = true
        #expect(verdict(periodic, 0.33, tracer, 0.7).rule == .lockstep)
    }

    // MARK: cannot tell

    @Test func withoutEvidenceOneCannotTell() {
        var other = signal
        other.name = "remote"
        let found = verdict(signal, 0.1, other, 0.4)
        #expect(found.likelier == nil && found.rule == .cannotTell)
        #expect(found.text == "Cannot tell: nothing that was measured shows which of `signal` and `remote` is right.")
    }

    // MARK: from profiles

    @Test func verdictsOfPlantedRounds() throws {
        let found = Self.rounds(callsTimes: 100)
        func verdict(_ a: String, _ b: String, _ function: String, _ by: Resolution) -> Disagreement? {
            found.first { $0.a == a && $0.b == b && $0.function == function && $0.by == by }
        }
        let calls = try #require(verdict("setprofile", "signal", "helper", .function))
        #expect(calls.likelier == "signal" && calls.rule == .manyCalls && calls.line == 20)
        let unexplained = try #require(verdict("signal", "gil", "work", .line))
        #expect(unexplained.likelier == nil && unexplained.rule == .cannotTell && unexplained.line == 12)
        let neither = try #require(verdict("setprofile", "gil", "helper", .function))
        #expect(neither.likelier == nil && neither.rule == .cannotTell)
    }

    /// The planted rounds' tracer adds two seconds; 80,001 calls cost at most 0.16, so that something else did.
    @Test func tooFewCallsOfPlantedRounds() throws {
        let found = try #require(
            Self.rounds(callsTimes: 1).first { $0.a == "setprofile" && $0.b == "signal" && $0.function == "helper" })
        #expect(
            found.likelier == nil
                && found.text.hasPrefix("Cannot tell: the 80,001 calls of a run that `setprofile` noted"))
    }

    private static func rounds(callsTimes factor: Int64) -> [Disagreement] {
        var rounds = PlantedRounds.make(5)
        for round in rounds.indices {
            guard var traced = rounds[round].runs["setprofile"] else { continue }
            for at in traced.profile.samples.indices { traced.profile.samples[at].count *= factor }
            rounds[round].runs["setprofile"] = traced
        }
        return Comparison.findings(rounds: rounds, designs: PlantedRounds.designs, program: [], audit: [:])
            .disagreements
    }

    @Test func lockstepOfAnyRunIsEvidence() throws {
        var rounds = PlantedRounds.make(5)
        rounds[3].runs["signal"]?.profile.caveats = [Caveat(code: "aliasing", text: "In step.")]
        let findings = Comparison.findings(rounds: rounds, designs: ["setprofile", "signal"], program: [], audit: [:])
        let found = try #require(findings.disagreements.first)
        #expect(found.likelier == "setprofile" && found.rule == .lockstep)
    }

    @Test func callsAreCountedAtBothEnds() {
        let ends = CallEnds(PlantedRounds.tracer(0))
        // work once from outside, helper 40,000 times from work, len 40,000 times from helper.
        #expect(ends.calls == 80_001)
        #expect(ends.halves == [.planted("work", 10): 20_000.5, .planted("helper", 20): 60_000])
        #expect(ends.touching == [.planted("work", 10): 40_001, .planted("helper", 20): 80_000])
    }
}
