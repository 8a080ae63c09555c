import Running
import Testing

@testable import swprof_bench

private func shell(_ script: String, _ environment: [String: String] = [:]) async throws -> Outcome {
    try await ProcessStarter().run(
        Command(executable: "/bin/sh", arguments: ["-c", script], environment: environment))
}

@Suite struct ProcessStarterTests {
    @Test func aSleepTakesWallTime() async throws {
        #expect(try await shell("sleep 0.3").wall >= 0.3)
    }

    /// Other tests' children count too, so this is a lower bound only.
    @Test func workTakesCPUTime() async throws {
        #expect(try await shell("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done").cpu > 0.02)
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
        await #expect(throws: RunningError.self) {
            try await ProcessStarter().run(Command(executable: "/nonexistent/python", arguments: []))
        }
    }
}
