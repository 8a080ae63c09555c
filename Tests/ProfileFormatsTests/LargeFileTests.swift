import Foundation
import ProfileModel
import Testing

@testable import ProfileFormats

/// A large file of stacks is read by lines, and says what it would if it were held.
@Suite struct LargeFileTests {
    private static let lines = (0..<500_000).map { "main;work_\($0 % 900);leaf_with_a_long_name \($0 % 7 + 1)\n" }

    private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "swprof-\(UUID().uuidString).txt"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test func whatIsReadByLinesIsTheSame() throws {
        let text = Self.lines.joined()
        #expect(text.utf8.count > 1 << 24)
        try withFile(text) { path in
            let (byLines, held) = (
                try ProfileFormat.read(path: path), try ProfileFormat.read(Array(text.utf8), path: path)
            )
            #expect(byLines == held)
            let counted = byLines.samples.reduce(Int64(0)) { $0 + $1.count }
            let written = Self.lines.indices.reduce(0) { $0 + $1 % 7 + 1 }
            #expect(counted == Int64(written))
        }
    }

    @Test func aWrongLineIsNamedWhereverItStands() throws {
        try withFile(Self.lines.joined() + "no count\n") { path in
            let error = #expect(throws: FormatError.self) { try ProfileFormat.read(path: path) }
            #expect(error?.description.contains("line 500001 ") == true, "\(String(describing: error))")
        }
    }

    @Test func aLineWithoutEndIsRefused() throws {
        try withFile("main 1\n" + String(repeating: "x", count: 20 << 20) + " 1\n") { path in
            let error = #expect(throws: FormatError.self) { try ProfileFormat.read(path: path) }
            #expect(error?.description.contains("a line has more than") == true, "\(String(describing: error))")
        }
    }

    @Test func linesAreTheSameWhereverAFileIsCutForReading() throws {
        let text = (0..<60_000).map { String(repeating: "y", count: $0 % 97) + "\n" }.joined() + "without an end"
        try withFile(text) { path in
            var (held, read, count) = (TextLines(Array(text.utf8)), TextLines(try TextFile(path)), 0)
            while let line = held.next() {
                #expect(read.next().map(Array.init) == Array(line))
                count += 1
            }
            #expect(read.next() == nil && count == 60_001 && read.number == held.number)
        }
    }
}
