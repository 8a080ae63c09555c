import ProfileModel
import Testing

@testable import Analysis

/// Each rule on a planted case in which one design is known to be wrong, and on cases beside it in
/// which one cannot tell.
@Suite struct VerdictTests {
    private let signal = DesignEvidence(name: "signal", kind: .sampling, instantsAreOwn: true)

    /// `f` has nearly all the calls and a third of the time; the tracer takes three times as long.
    private var tracer: DesignEvidence {
        var events = CallEnds()
        events.halves = [.planted("f"): 900, .planted("g"): 20]
        events.touching = [.planted("f"): 930, .planted("g"): 20]
        events.calls = 1000
        return DesignEvidence(
            name: "setprofile", kind: .tracing, instantsAreOwn: true, slowdown: Ratio(ratio: 3, low: 2.9, high: 3.1),
            events: events)
    }

    private var gil: DesignEvidence {
        DesignEvidence(
            name: "gil", kind: .sampling, instantsAreOwn: false, askedGap: 1e6, realisedGap: 15e6, lost: 0)
    }

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
            found.text == "`signal` is likelier: 93 % of all calls that `setprofile` notes go into `f` or out of it, "
                + "and noting calls makes the program take 3.00 times as long.")
        #expect(verdict(signal, 0.33, tracer, 0.7) == found)
    }

    @Test func theTracerDeflatesTheOthers() {
        let found = verdict(tracer, 0.3, signal, 0.67, at: .function(.planted("g")))
        #expect(found.likelier == "signal" && found.rule == .manyCalls)
        #expect(
            found.text == "`signal` is likelier: `g` has 67 % of the time but is only 2.0 % of the callers and callees "
                + "that `setprofile` notes, and noting the others makes the program take 3.00 times as long.")
    }

    @Test func callsTellNothingOfTheOtherSign() {
        #expect(verdict(tracer, 0.2, signal, 0.33).rule == .cannotTell)
    }

    /// Calls could move this share by (1 − 1/3)·(0.9 − 0.85) = 0.033 only, and it differs by 0.15.
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
        #expect(verdict(tracer, 0.7, signal, 0.33, at: .line(LineKey(file: "p.py", line: 2))).rule == .cannotTell)
    }

    // MARK: long calls

    @Test func whoWaitsForTheLockSeesWhereItIsHandedOver() {
        let found = verdict(signal, 0.1, gil, 0.3)
        #expect(found.likelier == "signal" && found.rule == .longCallsHoldTheGIL)
        #expect(found.text.contains("its looks came 15.0 ms apart on average where 1.0 ms was asked for"))
        #expect(verdict(gil, 0.3, signal, 0.1) == found)
    }

    @Test func lostLooksAreWaitingToo() {
        var losing = gil
        losing.realisedGap = 1.1e6
        losing.lost = 0.21
        #expect(verdict(signal, 0.1, losing, 0.3).text.contains("it lost 21 % of its looks"))
        losing.lost = 0.19
        #expect(verdict(signal, 0.1, losing, 0.3).rule == .cannotTell)
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
        #expect(found.text == "Cannot tell: nothing that was measured tells which of `signal` and `remote` is right.")
    }

    // MARK: from profiles

    @Test func verdictsOfPlantedRounds() throws {
        let found = PlantedRounds.findings(5).disagreements
        func verdict(_ a: String, _ b: String, _ function: String, _ by: Resolution) -> Disagreement? {
            found.first { $0.a == a && $0.b == b && $0.function == function && $0.by == by }
        }
        let calls = try #require(verdict("setprofile", "signal", "helper", .function))
        #expect(calls.likelier == "signal" && calls.rule == .manyCalls && calls.line == 20)
        let waiting = try #require(verdict("signal", "gil", "work", .line))
        #expect(waiting.likelier == "signal" && waiting.rule == .longCallsHoldTheGIL && waiting.line == 12)
        let neither = try #require(verdict("setprofile", "gil", "helper", .function))
        #expect(neither.likelier == nil && neither.rule == .cannotTell)
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
