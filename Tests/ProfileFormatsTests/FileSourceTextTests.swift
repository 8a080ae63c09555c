import Foundation
import ProfileFormats
import Testing

@Suite("Source files")
struct FileSourceTextTests {
    /// A folder of its own for one test.
    static func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "swprof-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    static func lines(of bytes: Data, named name: String = "a.py") throws -> [String]? {
        var lines: [String]?
        try withFolder { folder in
            let file = folder.appending(path: name)
            try bytes.write(to: file)
            lines = FileSourceText().lines(of: file.path)
        }
        return lines
    }

    @Test func linesEndAsInPython() throws {
        #expect(try Self.lines(of: Data("a\nb\r\nc\rd\n\ne".utf8)) == ["a", "b", "c", "d", "", "e"])
    }

    @Test func bytesThatAreNoTextAreReplaced() throws {
        #expect(try Self.lines(of: Data([0x61, 0xFF, 0x0A, 0x62])) == ["a\u{FFFD}", "b"])
    }

    @Test func onlyPythonIsShown() throws {
        #expect(try Self.lines(of: Data("secret\n".utf8), named: "key") == nil)
        #expect(try Self.lines(of: Data("#!/usr/bin/env python3\nx\n".utf8), named: "tool")?.count == 2)
    }

    @Test func largeFilesAreNotRead() throws {
        #expect(try Self.lines(of: Data(count: 4 << 20 + 1)) == nil)
    }

    @Test func neitherFoldersNorPipesAreRead() throws {
        try Self.withFolder { folder in
            let pipe = folder.appending(path: "pipe.py").path
            #expect(mkfifo(pipe, 0o600) == 0)
            #expect(FileSourceText().lines(of: pipe) == nil)
            #expect(FileSourceText().lines(of: folder.path) == nil)
        }
        #expect(FileSourceText().lines(of: "/nowhere/at/all.py") == nil)
        #expect(FileSourceText().lines(of: "a\u{0}.py") == nil)
    }

    @Test func aFileIsReadOnce() throws {
        try Self.withFolder { folder in
            let file = folder.appending(path: "a.py")
            try Data("x".utf8).write(to: file)
            let source = FileSourceText()
            #expect(source.lines(of: file.path) == ["x"])
            try FileManager.default.removeItem(at: file)
            #expect(source.lines(of: file.path) == ["x"])
        }
    }
}
