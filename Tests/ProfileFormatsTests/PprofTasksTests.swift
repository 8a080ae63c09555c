import ProfileModel
import Testing

@testable import ProfileFormats

@Suite struct PprofTasksTests {
    @Test func everyKindOfTaskComesBack() throws {
        var profile = Profile(design: "signal", kind: .sampling, clock: .wall)
        profile.threads = [ThreadLife(id: 1, name: "main thread", nanoseconds: 50)]
        let tasks: [RunningTask?] = [nil, .unknown, .named(""), .named("fetch"), .named("unknown")]
        profile.samples = tasks.enumerated().map { number, task in
            Sample(
                stack: .empty, thread: 0, tick: number, instant: Int64(number), count: 1, nanoseconds: 10,
                note: SampleNote(task: task))
        }
        let read = try ProfileFormat.read(PprofWriter.write(profile), path: "x.pb.gz")
        #expect(read.samples.map(\.task) == tasks)
    }
}
