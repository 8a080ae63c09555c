import ProfileFormats
import ProfileModel
import Testing

@Suite struct PprofProbesTests {
    private let costs = ProbeCosts(
        parameters: [.pythonInside, .pythonOutside, .stretch], values: [12.5, -1.0 / 3, 2.1],
        covariance: [[4, -1, 0.5], [-1, 9, 0.1], [0.5, 0.1, 0.01]], degreesOfFreedom: 6.25, processes: 12,
        date: "2026-01-02T03:04:05Z",
        checks: CompensationChecks(programs: 12, measured: 0.042, compensated: 1.0 / 30, unexplained: 0.08))

    private func profile(_ costs: ProbeCosts?) -> Profile {
        var profile = Profile(design: "evalframe", kind: .tracing)
        profile.probeCosts = costs
        return profile
    }

    @Test func costsSurviveToTheLastBit() throws {
        let bytes = try ProfileFormat.write(profile(costs), as: .pprof)
        #expect(try ProfileFormat.read(bytes, path: "x.pb.gz").probeCosts == costs)
        let without = try ProfileFormat.write(profile(nil), as: .pprof)
        #expect(try ProfileFormat.read(without, path: "x.pb.gz").probeCosts == nil)
    }

    @Test func costsThatCannotBeAreRefused() throws {
        for spoil: (inout ProbeCosts) -> Void in [
            { $0.values[0] = .nan }, { $0.covariance[1][1] = -1 }, { $0.degreesOfFreedom = 0 }, { $0.values[2] = 0 },
            { $0.parameters[1] = .pythonInside }, { $0.values[1] = 1e300 }, { $0.checks?.unexplained = -1 },
            { $0.checks?.programs = 1 },
        ] {
            var wrong = costs
            spoil(&wrong)
            #expect(!wrong.isSound)
            let bytes = try ProfileFormat.write(profile(wrong), as: .pprof)
            #expect(throws: FormatError.self) { try ProfileFormat.read(bytes, path: "x.pb.gz") }
        }
    }
}
