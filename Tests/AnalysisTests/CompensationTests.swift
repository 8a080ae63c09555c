import Analysis
import Glibc
import ProfileModel
import Statistics
import Testing

/// Costs that tests can reckon with: 10 ns in and 5 ns out a Python call, 2 and 3 a C call.
private func costs(_ variances: [Double] = [1, 4, 0.25, 1], stretch: Double? = nil) -> ProbeCosts {
    var costs = ProbeCosts(
        parameters: [.pythonInside, .pythonOutside, .cInside, .cOutside], values: [10, 5, 2, 3],
        covariance: variances.indices.map { row in variances.indices.map { row == $0 ? variances[row] : 0 } },
        degreesOfFreedom: 10, processes: 5, date: "2026-01-02T03:04:05Z")
    if let stretch {
        costs.parameters.append(.stretch)
        costs.values.append(stretch)
        for row in costs.covariance.indices { costs.covariance[row].append(0) }
        costs.covariance.append([0, 0, 0, 0, 0.01])
    }
    return costs
}

/// `main` calls `f` 100 times; `f` calls itself 50 times in all, then `g` 20 times, which calls `f` 10 times; `len` 30 times.
private func mutual(_ costs: ProbeCosts?) -> PlantedRun {
    var run = PlantedRun(.tracing, threads: [60_000])
    run.profile.probeCosts = costs
    run.node(run.stack("main"), calls: 1, nanoseconds: 10_000)
    run.node(run.stack("main", "f"), calls: 100, nanoseconds: 20_000)
    run.node(run.stack("main", "f", "f"), calls: 50, nanoseconds: 10_000)
    run.node(run.stack("main", "f", "f", "g"), calls: 20, nanoseconds: 8_000)
    run.node(run.stack("main", "f", "f", "g", "f"), calls: 10, nanoseconds: 7_000)
    run.node(run.stack("main", "f", "len()"), calls: 30, nanoseconds: 5_000)
    return run
}

private func nanoseconds(_ estimate: Estimate) throws -> Double { try #require(estimate.compensated).seconds * 1e9 }

@Suite struct CompensationTests {
    /// E(f) = Ê(f) − Σₖ [c_in,k·callsₖ(f) + c_out,k·childcallsₖ(f)].
    @Test func exclusiveTimes() throws {
        let findings = try mutual(costs()).findings()
        // Its calls: 100 + 50 + 10; the calls that it makes: 50 of f, 20 of g, 30 of len.
        #expect(isNear(try nanoseconds(findings.function("f").`self`), 37_000 - 10 * 160 - 5 * 70 - 3 * 30))
        #expect(isNear(try nanoseconds(findings.function("g").`self`), 8_000 - 10 * 20 - 5 * 10))
        #expect(isNear(try nanoseconds(findings.function("main").`self`), 10_000 - 10 - 5 * 100))
        #expect(isNear(try nanoseconds(findings.function("len").`self`), 5_000 - 2 * 30))
    }

    /// I(f) = Î(f) − Σₖ [c_in,k·outermostₖ(f) + (c_in,k + c_out,k)·beneathₖ(f)], recursion through others included.
    @Test func inclusiveTimes() throws {
        let findings = try mutual(costs()).findings()
        let beneathF = 15.0 * (50 + 20 + 10) + 5 * 30
        #expect(isNear(try nanoseconds(findings.function("f").total), 50_000 - 10 * 100 - beneathF))
        #expect(isNear(try nanoseconds(findings.function("g").total), 15_000 - 10 * 20 - 15 * 10))
        #expect(isNear(try nanoseconds(findings.function("main").total), 60_000 - 10 - 15 * 100 - beneathF))
    }

    /// The variance of g's exclusive time, by hand: 20²·1 + 10²·4.
    @Test func theCostsUncertaintyIsCarried() throws {
        let compensated = try #require(mutual(costs()).findings().function("g").`self`.compensated)
        let reach = (20.0 * 20 + 10 * 10 * 4).squareRoot() * Quantile.student(0.975, degreesOfFreedom: 10)
        #expect(isNear(try #require(compensated.low) * 1e9, 7_750 - reach))
        #expect(isNear(try #require(compensated.high) * 1e9, 7_750 + reach))
    }

    /// Costs that always err together, in the other direction, leave their sum known.
    @Test func covariancesCount() throws {
        var opposed = costs([1, 1, 0, 0])
        (opposed.covariance[0][1], opposed.covariance[1][0]) = (-1, -1)
        var run = PlantedRun(.tracing, threads: [3_000])
        run.profile.probeCosts = opposed
        run.node(run.stack("main"), calls: 0, nanoseconds: 1_000)
        run.node(run.stack("main", "f"), calls: 10, nanoseconds: 2_000)
        let findings = try run.findings()
        let whole = try #require(findings.function("main").total.compensated)
        #expect(isNear(whole.seconds * 1e9, 2_850) && whole.low == whole.high)
        let own = try #require(findings.function("f").`self`.compensated)
        #expect(
            isNear((try #require(own.high) - own.seconds) * 1e9, 10 * Quantile.student(0.975, degreesOfFreedom: 10)))
    }

    @Test func sharesArePartsOfTheCompensatedWhole() throws {
        let findings = try mutual(costs()).findings()
        let whole = try nanoseconds(findings.function("main").total) - 5
        let f = try #require(findings.function("f").total.compensated)
        #expect(isNear(try #require(f.share), try nanoseconds(findings.function("f").total) / whole))
        let (low, high) = (try #require(f.shareLow), try #require(f.shareHigh))
        #expect(low < f.share ?? 0 && f.share ?? 0 < high && high <= 1)
    }

    /// What a call costs its caller is not in the time within the function itself.
    @Test func withinAFunction() throws {
        let findings = try mutual(costs()).findings(within: "g")
        #expect(isNear(try nanoseconds(findings.function("g").total), 15_000 - 10 * 20 - 15 * 10))
        #expect(isNear(try #require(findings.function("g").total.compensated?.share), 1))
        #expect(isNear(try nanoseconds(findings.function("f").`self`), 7_000 - 10 * 10))
    }

    /// Time between events is divided by what slows it: Python's, not C's.
    @Test func stretchedCode() throws {
        let findings = try mutual(costs(stretch: 2)).findings()
        #expect(isNear(try nanoseconds(findings.function("g").`self`), (8_000 - 250) / 2))
        #expect(isNear(try nanoseconds(findings.function("len").`self`), 5_000 - 60))
        #expect(
            isNear(try nanoseconds(findings.function("f").total), 4_940 + (50_000 - 5_000 - 1_000 - 1_200 - 90) / 2))
        #expect(findings.caveatCodes.contains("stretched-code"))
        let g = try #require(findings.function("g").`self`.compensated)
        // What is subtracted on the linear scale, what is divided by on the logarithmic.
        let t = Quantile.student(0.975, degreesOfFreedom: 10)
        let (up, factor) = (log((3875 + t * (800 / 4.0).squareRoot()) / 3875), t * 0.1)
        #expect(isNear(try #require(g.high) * 1e9, 3875 * exp((up * up + factor * factor).squareRoot())))
    }

    /// However little is known of a factor, what is divided by it is above 0.
    @Test func anUncertainStretchLosesNoTime() throws {
        var costs = costs(stretch: 2)
        costs.covariance[4][4] = 0.5
        let g = try mutual(costs).findings().function("g").`self`.compensated
        #expect((g?.low ?? 0) > 0 && (g?.shareLow ?? 0) > 0)
    }

    /// A tenth of 8,000 ns measured is not explained by the costs.
    @Test func whatTheCostsDoNotExplainIsCarried() throws {
        var costs = costs([0, 0, 0, 0])
        costs.checks = CompensationChecks(programs: 12, measured: 0.05, compensated: 0.02, unexplained: 0.1)
        let g = try #require(mutual(costs).findings().function("g").`self`.compensated)
        let reach = 0.1 * 8_000 / 7_750 * Quantile.student(0.975, degreesOfFreedom: 11)
        #expect(isNear((g.low ?? 0) * 1e9, 7_750 * exp(-reach)) && isNear((g.high ?? 0) * 1e9, 7_750 * exp(reach)))
        costs.checks?.unexplained = 0.5
        #expect(try mutual(costs).findings().function("g").`self`.compensated?.low == nil)
    }

    @Test func compensationThatIsNoBetterIsOffAndSaysSo() throws {
        var costs = costs()
        costs.checks = CompensationChecks(programs: 12, measured: 0.03, compensated: 0.041, unexplained: 0.1)
        let findings = try mutual(costs).findings()
        #expect(findings.functions.allSatisfy { $0.`self`.compensated == nil && $0.total.compensated == nil })
        let said = findings.caveats.filter { $0.code == "compensation-off" }.map(\.text)
        #expect(
            said.count == 1 && said[0].contains("measured shares are 3.0 points off and compensated shares 4.1 points"))
        #expect(!findings.caveatCodes.contains("not-identifiable"))
        costs.checks?.compensated = 0.029
        #expect(try mutual(costs).findings().function("g").`self`.compensated != nil)
    }

    @Test func withoutACalibrationThereIsNothing() throws {
        let findings = try mutual(nil).findings()
        #expect(findings.functions.allSatisfy { $0.`self`.compensated == nil && $0.total.compensated == nil })
        #expect(findings.calibration == nil && findings.caveatCodes == ["as-measured"])
    }

    /// 100,000 frames deep, and no square of the depth.
    @Test func veryDeepTrees() throws {
        var run = PlantedRun(.tracing, threads: [10_000_000])
        run.profile.probeCosts = costs()
        _ = run.stack("even", "odd")
        var stack = StackID.empty
        for depth in 0..<100_000 {
            stack = run.profile.stacks.push(LocationID(depth % 2), onto: stack)
            run.node(stack, calls: 1, nanoseconds: 100)
        }
        #expect(isNear(try nanoseconds(run.findings().function("even").total), 10_000_000 - 10 - 15 * 99_999))
    }
}

@Suite struct CompensationGuardTests {
    /// Calls of a function that does nothing: all that was measured of it are probes, cheaper here than calibrated.
    private func allProbes() -> PlantedRun {
        var run = PlantedRun(.tracing, threads: [16_500_000])
        run.profile.probeCosts = costs()
        run.node(run.stack("main"), calls: 1, nanoseconds: 8_000_000)
        run.node(run.stack("main", "nothing"), calls: 1_000_000, nanoseconds: 8_500_000)
        return run
    }

    @Test func whatIsNotIdentifiableHasNoBoundsAndIsNotClipped() throws {
        let findings = try allProbes().findings()
        let nothing = try #require(findings.function("nothing").`self`.compensated)
        #expect(isNear(nothing.seconds, -0.0015))
        #expect(nothing.low == nil && nothing.high == nil && nothing.shareLow == nil && nothing.shareHigh == nil)
        #expect(findings.caveatCodes.contains("not-identifiable"))
    }

    @Test func anOrderThatTheProbesMakeIsTold() throws {
        let findings = try allProbes().findings()
        #expect(findings.functions.map(\.name) == ["nothing", "main"])
        #expect(
            findings.caveats.contains {
                $0.code == "order-may-flip"
                    && $0.text.contains("`module.nothing` has more measured time than `module.main`")
            })
    }

    @Test func anOrderThatHoldsIsNot() throws {
        #expect(!(try mutual(costs()).findings().caveatCodes.contains("order-may-flip")))
    }

    @Test func costsThatCannotBeAreNotUsed() throws {
        var wrong = costs()
        wrong.covariance[0][0] = -1
        #expect(try mutual(wrong).findings().function("f").`self`.compensated == nil)
    }
}

@Suite struct ComparisonCompensationTests {
    private func findings(_ count: Int, _ costs: ProbeCosts = costs()) throws -> DesignFinding {
        let rounds = PlantedRounds.make(count).map { round in
            var round = round
            round.runs["setprofile"]?.profile.probeCosts = costs
            return round
        }
        return try #require(
            Comparison.findings(rounds: rounds, designs: PlantedRounds.designs, program: ["p.py"], audit: [:]).designs
                .first)
    }

    /// `helper`: 1.5 s and calls of its own, 40,000, and of `len`, as many.
    @Test func meansOverRuns() throws {
        let design = try findings(5)
        let helper = try #require(design.functions.first { $0.name == "helper" })
        let own = try #require(helper.`self`.compensated)
        #expect(isNear(own.seconds, (helper.`self`.seconds ?? 0) - 40_000 * 13e-9))
        #expect(isNear(try #require(helper.total.compensated).seconds, (helper.total.seconds ?? 0) - 40_000 * 15e-9))
        #expect(try #require(own.low) < own.seconds && own.seconds < (try #require(own.high)))
        #expect(design.calibration?.events.map(\.event) == ["Python call", "C call"])
    }

    /// The scatter over runs is in the interval too: with sure costs it is Student's.
    @Test func theScatterOverRunsIsCarried() throws {
        let design = try findings(5)
        let helper = try #require(design.functions.first { $0.name == "helper" }?.`self`.compensated)
        let times = [1500.0, 1496, 1503, 1498, 1505].map { $0 / 1000 }
        let mean = times.reduce(0, +) / 5
        let variance = times.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4 / 5
        let byCosts = 40_000.0 * 40_000 * (1 + 1) * 1e-18
        let freedom = (variance + byCosts) * (variance + byCosts) / (variance * variance / 4 + byCosts * byCosts / 10)
        let reach = (variance + byCosts).squareRoot() * Quantile.student(0.975, degreesOfFreedom: freedom)
        #expect(isNear(try #require(helper.high) - helper.seconds, reach))
    }

    @Test func compensationThatIsNoBetterIsOff() throws {
        var off = costs()
        off.checks = CompensationChecks(programs: 12, measured: 0.03, compensated: 0.04, unexplained: 0.1)
        let design = try findings(5, off)
        #expect(design.functions.allSatisfy { $0.`self`.compensated == nil })
        #expect(design.caveats.contains { $0.code == "compensation-off" })
    }

    @Test func twoRunsHaveNoInterval() throws {
        let design = try findings(2)
        let helper = try #require(design.functions.first { $0.name == "helper" }?.`self`.compensated)
        #expect(helper.low == nil && helper.share != nil)
        #expect(!design.caveats.contains { $0.code == "not-identifiable" })
    }
}

/// Equal but for rounding, relative to the second.
private func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(1e-3, abs(b)) }
