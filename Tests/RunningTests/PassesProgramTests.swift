import Foundation
import Testing

@testable import Running

@Suite struct PassesProgramTests {
    private func file(_ name: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "passes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: name).path
        #expect(FileManager.default.createFile(atPath: path, contents: Data()))
        return path
    }

    @Test func theFunctionStandsBehindTheColon() throws {
        let path = try file("work.py")
        for (word, function) in [(path, ""), (path + ":main", "main"), (path + ":Work.once", "Work.once")] {
            let program = try PassesProgram(Program(.script(word), arguments: ["1"]))
            #expect((program.kind, program.name, program.function) == ("script", path, function))
            #expect(program.arguments == [Array("1".utf8)])
        }
        let module = try PassesProgram(Program(.module("package.work:once")))
        #expect((module.kind, module.name, module.function) == ("module", "package.work", "once"))
        let code = try PassesProgram(Program(.code("x: int = 1")))
        #expect((code.kind, code.name, code.function) == ("code", "x: int = 1", ""))
    }

    @Test func aFileMayHaveAColonInItsName() throws {
        let path = try file("odd:name.py")
        #expect(try PassesProgram(Program(.script(path))).name == path)
        #expect(try PassesProgram(Program(.script(path + ":main"))).function == "main")
    }

    @Test func argumentsAreTheBytesThatWereTyped() throws {
        let raw: [[UInt8]] = [Array("-m".utf8), Array("work".utf8), [0xff, 0x80], []]
        let program = try PassesProgram(Program(.module("work"), arguments: ["?", ""], rawWords: raw))
        #expect(program.arguments == [[0xff, 0x80], []])
    }

    @Test func aScriptThatIsNotThereIsNamed() {
        #expect(throws: RunningError.self) { try PassesProgram(Program(.script("/nowhere/work.py:main"))) }
    }
}
