import ProfileModel
import Testing

@testable import Analysis

/// What the calibrating program would say of lines on a machine with known costs: 20 ns a call, 3 ns a statement, 5 ns a turn.
private struct LinedMachine {
    var line = 30.0
    var stretch = 1.0
    let inside = 12.0
    let outside = 7.0

    private static let loops = ["one", "two"].flatMap { shape in
        [0, 8, 16].flatMap { length in ["python", "line"].map { (kind: $0, shape: shape, length: length) } }
    }

    /// A body that is empty still is a line.
    private func hits(_ kind: String, _ length: Int) -> Int { kind == "line" ? max(1, length) : 1 }

    private func printed(traced: Bool) -> String {
        let turn = traced ? 5 * stretch + line : 5
        let lines = Self.loops.map { loop -> String in
            let plain = 20 + 3 * Double(loop.length)
            let call = traced ? plain * stretch + inside + outside + line * Double(hits(loop.kind, loop.length)) : plain
            return "1 \(loop.kind)_\(loop.shape)_\(loop.length) 1000 1000 \((turn + call) * 1000) 10000"
        }
        return (["1 none_none_0 1000 1000 \(turn * 1000) 10000"] + lines).joined(separator: "\n")
    }

    private var profile: Profile {
        var run = PlantedRun(.tracing)
        for loop in Self.loops {
            let name = "loop_\(loop.kind)_\(loop.shape)_\(loop.length)"
            let hits = hits(loop.kind, loop.length)
            run.node(
                run.stack("pass_1:1", "run:2", "\(name):3", "callee"), calls: 1_000, nanoseconds: Int64(1_000 * inside))
            let body = 3 * stretch * Double(loop.length) + line * Double(hits)
            for number in 1...hits {
                run.node(
                    run.stack("pass_1:1", "run:2", "\(name):3", "callee:\(number)"), calls: 1_000,
                    nanoseconds: Int64(1_000 * body / Double(hits)))
            }
        }
        return run.profile
    }

    var round: CalibrationRound {
        CalibrationRound(control: printed(traced: false), traced: printed(traced: true), profile: profile)
    }
}

/// The same of samples.
private struct SampledMachine {
    var sample = 4_000.0
    var samples = 50

    var round: CalibrationRound {
        var run = PlantedRun()
        var (control, sampled) = ("1 none_none_0 1000 1000 5000 10000\n", "1 none_none_0 1000 1000 5000 20000\n")
        for kind in ["python", "c"] {
            control += "1 \(kind)_one_8 1000 1000 500000 10000\n"
            // On a processor that was half as fast meanwhile.
            sampled += "1 \(kind)_one_8 1000 1000 \(1_000_000 + sample * Double(samples)) 20000\n"
            run.ticks(Array(repeating: run.stack("pass_1:1", "run:2", "loop_\(kind)_one_8:3"), count: samples))
            run.ticks(Array(repeating: run.stack("pass_0:1", "run:2", "loop_\(kind)_one_8:3"), count: 7))
            run.ticks(Array(repeating: run.stack("pass_1:1", "run:2"), count: 7))
        }
        return CalibrationRound(control: control, traced: sampled, profile: run.profile)
    }
}

@Suite("What lines and samples cost")
struct LineAndSampleCostTests {
    private func isNear(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) <= 1e-6 } ?? false }

    @Test func plantedCostsOfLinesAreFound() throws {
        let costs = try #require(ProbeCalibration.costs((0..<3).map { _ in LinedMachine().round }, date: ""))
        #expect(costs.parameters == [.pythonInside, .pythonOutside, .line])
        #expect(isNear(costs[.line], 30))
        #expect(isNear(costs[.pythonInside], 12) && isNear(costs[.pythonOutside], 7))
    }

    /// Sixteen statements of 3 ns are fifteen lines more than an empty body, which is a line too. What slows them is the line's.
    @Test func whatSlowsALineIsItsCost() throws {
        let costs = try #require(ProbeCalibration.costs((0..<3).map { _ in LinedMachine(stretch: 2).round }, date: ""))
        #expect(costs.parameters == [.pythonInside, .pythonOutside, .line])
        #expect(isNear(costs[.line], 30 + 3 * 16.0 / 15))
    }

    /// 40 ns a line, 10 inside a call and 5 outside: what is run on a line is charged to it.
    @Test func linesAreCompensated() throws {
        var run = PlantedRun(.tracing, threads: [100_000])
        run.node(run.stack("main:1"), calls: 20, nanoseconds: 10_000)
        run.node(run.stack("main:2"), calls: 100, nanoseconds: 50_000)
        run.node(run.stack("main:2", "f"), calls: 100, nanoseconds: 10_000)
        run.node(run.stack("main:2", "f:7"), calls: 300, nanoseconds: 30_000)
        run.profile.probeCosts = ProbeCosts(
            parameters: [.pythonInside, .pythonOutside, .line], values: [10, 5, 40],
            covariance: [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
            degreesOfFreedom: 10, processes: 5)
        let findings = try run.findings()
        func seconds(_ line: Int) throws -> Double {
            try #require(findings.lines.first { $0.line == line }?.`self`.compensated).seconds * 1e9
        }
        #expect(isNear(try seconds(1), 10_000 - 20 * 40))
        #expect(isNear(try seconds(2), 50_000 - 100 * 40 - 100 * 5))
        #expect(isNear(try seconds(7), 30_000 - 300 * 40))
        #expect(!findings.caveatCodes.contains("not-identifiable"))
        run.node(run.stack("main:3"), calls: 100, nanoseconds: 4_000)
        let lost = try run.findings().caveats.filter { $0.code == "not-identifiable" }
        #expect(lost.map(\.text).joined().contains("line 3 of `main`"))
        #expect(
            isNear(try findings.function("f").`self`.compensated.map { $0.seconds * 1e9 }, 40_000 - 100 * 10 - 300 * 40)
        )
    }

    /// What is sampled outside of the loops, and in the first pass, does not count.
    @Test func plantedCostsOfSamplesAreFound() throws {
        let costs = try #require(SampleCalibration.costs((0..<3).map { _ in SampledMachine().round }, date: "today"))
        #expect(costs.parameters == [.sample] && isNear(costs[.sample], 4_000))
        #expect(costs.processes == 3 && costs.date == "today")
    }

    @Test func twoRoundsOrFewSamplesGiveNoCosts() {
        #expect(SampleCalibration.costs((0..<2).map { _ in SampledMachine().round }, date: "") == nil)
        #expect(SampleCalibration.costs((0..<3).map { _ in SampledMachine(samples: 4).round }, date: "") == nil)
    }
}
