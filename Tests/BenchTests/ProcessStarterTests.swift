import Testing

@testable import swprof_bench

private func shell(_ script: String, _ environment: [String: String] = [:]) async throws -> Outcome {
    try await ProcessStarter().run(
        Command(executable: "/bin/sh", arguments: ["-c", script], environment: environment))
}

/// One at a time, as the bench runs them: CPU time is counted over all children.
@Suite(.serialized) struct ProcessStarterTests {
    @Test func wallAndCPUTimeAreToldApart() async throws {
        let asleep = try await shell("sleep 0.3")
        #expect(asleep.wall >= 0.3 && asleep.cpu < 0.2)
        let busy = try await shell("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done")
        #expect(busy.cpu > 0.02 && busy.cpu < 1.5 * busy.wall)
    }

    @Test(arguments: [("exit 7", 7), ("kill -9 $$", 137)])
    func theStatusIsTheShells(script: String, status: Int) async throws {
        #expect(try await shell(script).status == status)
    }

    @Test func outputAndErrorsAreKeptApart() async throws {
        let outcome = try await shell("echo out $ADDED; echo one >&2; echo two >&2", ["ADDED": "more"])
        #expect(outcome.output == "out more\n")
        #expect(outcome.lastErrorLine == "two")
    }

    @Test func aProgramThatIsMissingIsNamed() async throws {
        await #expect(throws: BenchError.self) {
            try await ProcessStarter().run(Command(executable: "/nonexistent/python", arguments: []))
        }
    }
}
