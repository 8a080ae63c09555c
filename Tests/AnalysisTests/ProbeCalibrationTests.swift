import ProfileModel
import Testing

@testable import Analysis

/// A machine with known costs, and what the calibrating program would say on it.
private struct PlantedMachine {
    var inside = 12.0
    var outside = 7.0
    var cInside: Double? = 4
    var cOutside = 3.0
    var stretch = 1.0
    /// How many times slower than usual.
    var slow = 1.0
    /// What the shapes' costs differ by.
    var spread = 0.0

    private static let shapes = ["one", "two", "map"]
    private static let lengths = [0, 8, 16]

    /// `PASS LOOP CALLS TURNS NANOSECONDS PACE` with 1,000 calls a loop of 5 ns a turn, 20 ns a call and 3 ns a statement.
    func printed(traced: Bool) -> String {
        var lines = ["0 none_none_0 1000 1000 99999999 10000"]
        for pass in 1...3 {
            let stretch = traced ? stretch : 1
            lines.append("\(pass) none_none_0 1000 1000 \(slow * 5_000 * stretch) \(slow * 10_000)")
            for (name, inside, outside, body) in loops(traced: traced) {
                // Two calls a turn.
                let call = (2.5 + 20) * stretch + body + inside + outside
                lines.append("\(pass) \(name) 1000 500 \(slow * call * 1_000) \(slow * 10_000)")
            }
        }
        return lines.joined(separator: "\n")
    }

    var profile: Profile {
        var run = PlantedRun(.tracing)
        for pass in 0...3 {
            for (name, inside, _, body) in loops(traced: true) where !name.hasPrefix("c") || cInside != nil {
                let callee = name.hasPrefix("c") ? "callee()" : "callee"
                let stack = run.stack("<module>", "pass_\(pass)", "run", "loop_\(name)", callee)
                run.node(stack, calls: 1_000, nanoseconds: Int64(pass == 0 ? 9e9 : slow * 1_000 * (inside + body)))
                run.node(run.stack("<module>", "pass_\(pass)", "run", "loop_\(name)"), calls: 1, nanoseconds: 12_345)
            }
        }
        return run.profile
    }

    private func loops(traced: Bool) -> [(name: String, inside: Double, outside: Double, body: Double)] {
        Self.lengths.flatMap { length in
            Self.shapes.enumerated().map { place, shape in
                let own = spread * Double(place - 1)
                return (
                    "python_\(shape)_\(length)", traced ? inside + own : 0, traced ? outside : 0,
                    3 * Double(length) * (traced ? stretch : 1)
                )
            }
                + ["len", "count"].map { shape in
                    (
                        "c_\(shape)_\(length)", traced ? cInside ?? 0 : 0, traced && cInside != nil ? cOutside : 0,
                        Double(length)
                    )
                }
        }
    }

    func round(control: PlantedMachine? = nil) -> CalibrationRound {
        CalibrationRound(
            control: (control ?? self).printed(traced: false), traced: printed(traced: true), profile: profile)
    }
}

@Suite struct ProbeCalibrationTests {
    private func costs(_ rounds: [CalibrationRound]) throws -> ProbeCosts {
        try #require(ProbeCalibration.costs(rounds, date: "today"))
    }

    private func isNear(_ a: Double?, _ b: Double, within error: Double = 1e-6) -> Bool {
        a.map { abs($0 - b) <= error } ?? false
    }

    @Test func plantedCostsAreFound() throws {
        let costs = try costs((0..<3).map { _ in PlantedMachine().round() })
        #expect(costs.parameters == [.pythonInside, .pythonOutside, .cInside, .cOutside])
        #expect(isNear(costs[.pythonInside], 12) && isNear(costs[.pythonOutside], 7))
        #expect(isNear(costs[.cInside], 4) && isNear(costs[.cOutside], 3))
        #expect(costs.processes == 3 && costs.date == "today" && costs.isSound)
    }

    @Test func aDesignThatSeesNoCCallsHasNoSuchCosts() throws {
        var machine = PlantedMachine()
        machine.cInside = nil
        #expect(try costs((0..<3).map { _ in machine.round() }).parameters == [.pythonInside, .pythonOutside])
    }

    /// The call's own machinery, 20 ns, is slowed too.
    @Test func stretchedCodeIsTold() throws {
        var machine = PlantedMachine()
        machine.stretch = 2
        let costs = try costs((0..<3).map { _ in machine.round() })
        #expect(isNear(costs[.stretch], 2))
        #expect(isNear(costs[.pythonInside], 12) && isNear(costs[.pythonOutside], 7))
    }

    /// A plain process on a processor that was slower meanwhile.
    @Test func thePaceIsAllowedFor() throws {
        var slower = PlantedMachine()
        slower.slow = 1.7
        let costs = try costs((0..<3).map { _ in PlantedMachine().round(control: slower) })
        #expect(isNear(costs[.pythonInside], 12) && isNear(costs[.pythonOutside], 7))
    }

    /// Three shapes 6 ns apart: a call of another has the variance 36·(1 + 1/3).
    @Test func shapesThatDifferMakeCostsUncertain() throws {
        var machine = PlantedMachine()
        machine.spread = 6
        let costs = try costs((0..<4).map { _ in machine.round() })
        #expect(isNear(costs[.pythonInside], 12) && isNear(costs.covariance[0][0], 48))
        #expect(isNear(costs.covariance[1][1], 0) && isNear(costs.covariance[2][2], 0))
    }

    /// Processes that differ in their cost, in C calls as in Python calls: the covariance between the kinds shows it.
    @Test func processesThatDifferMakeCostsUncertain() throws {
        let rounds = [-1.0, 0, 1].map { by in
            var machine = PlantedMachine()
            machine.inside += by
            machine.cInside = 4 + by
            return machine.round()
        }
        let costs = try costs(rounds)
        #expect(isNear(costs.covariance[0][2], 4.0 / 3) && isNear(costs.covariance[0][0], 4.0 / 3))
    }

    @Test func twoRoundsOrNothingSeenGiveNoCosts() {
        let two = (0..<2).map { _ in PlantedMachine().round() }
        #expect(ProbeCalibration.costs(two, date: "") == nil)
        let blind = (0..<3).map { _ in
            CalibrationRound(control: "", traced: "what?\n1 2 3\n", profile: PlantedRun(.tracing).profile)
        }
        #expect(ProbeCalibration.costs(blind, date: "") == nil)
    }
}
