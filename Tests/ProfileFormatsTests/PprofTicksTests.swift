import ProfileModel
import Testing

@testable import ProfileFormats

@Suite struct PprofTicksTests {
    @Test(arguments: [[0, 0], [1000, 1000], [1000, 0], [1000, 1500]] as [[Int64]])
    func whatATickStandsForComesBack(ticks: [Int64]) throws {
        var profile = Profile(design: "signal", kind: .sampling, clock: .cpu)
        profile.threads = ticks.enumerated().map {
            ThreadLife(id: Int64($0.offset), name: "", nanoseconds: 5000, tick: $0.element)
        }
        let read = try ProfileFormat.read(PprofWriter.write(profile), path: "x.pb.gz")
        #expect(read.threads == profile.threads)
    }
}
