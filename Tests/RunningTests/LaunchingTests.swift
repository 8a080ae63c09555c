import Testing

@testable import Running

@Suite struct ProgramTests {
    private func words(_ program: Program) -> [String] {
        program.interpreterArguments.map { String(decoding: $0.dropLast(), as: UTF8.self) }
    }

    @Test func theInterpreterIsGivenWhatTheUserTyped() {
        #expect(words(Program(.script("a.py"), arguments: ["-m", "x"])) == ["a.py", "-m", "x"])
        #expect(words(Program(.module("a.b"), arguments: ["1"])) == ["-m", "a.b", "1"])
        #expect(words(Program(.code("pass"))) == ["-c", "pass"])
    }

    @Test func everyWordEndsInAZeroAndBytesThatAreNoTextStay() {
        let program = Program(.script("a.py"), arguments: ["?"], rawWords: [Array("a.py".utf8), [0xff, 0xfe]])
        #expect(program.interpreterArguments == [Array("a.py".utf8) + [0], [0xff, 0xfe, 0]])
    }

    @Test func aMissingScriptIsNamedBeforeAnythingStarts() throws {
        let error = #expect(throws: RunningError.self) { try Program(.script("/nonexistent/x.py")).check() }
        #expect(error?.line.contains("/nonexistent/x.py") == true)
    }
}

@Suite struct LaunchFolderTests {
    @Test func theEnvironmentSaysWhatToDoAndIsGoneAfterwards() throws {
        var path = ""
        do {
            let folder = try LaunchFolder(extension: "/nonexistent/lib_swprof.so")
            path = folder.path
            var settings = ProfilingSettings(seed: 5)
            settings.design = .gil
            let environment = folder.environment(settings).mapValues { String(decoding: $0, as: UTF8.self) }
            #expect(environment["PYTHONPATH"]?.hasPrefix(path) == true)
            let pairs = try #require(environment["SWPROF_LAUNCH"]).split(separator: "\u{1f}" as Character).map(
                String.init)
            #expect(pairs.contains("design=gil") && pairs.contains("seed=5") && pairs.contains("log=\(folder.log)"))
            #expect(folder.refusal == nil)
        }
        #expect(throws: FileReading.Failure.self) { try FileReading.bytes(of: path + "/sitecustomize.py") }
    }
}

@Suite struct OutputHashTests {
    @Test func oneByteMakesADifferenceAndPartsDoNot() {
        func hash(_ parts: [[UInt8]]) -> UInt64 {
            var hash = OutputHash()
            for part in parts { part.withUnsafeBytes { hash.add($0) } }
            return hash.value
        }
        #expect(hash([[1, 2, 3]]) == hash([[1], [2, 3]]))
        #expect(hash([[1, 2, 3]]) != hash([[1, 2, 4]]))
    }
}
