import Testing

@testable import Running

@Suite struct OutputEndTests {
    private func end(of parts: [String], longest: Int) -> String {
        var end = OutputEnd(longest: longest)
        for part in parts { Array(part.utf8).withUnsafeBytes { end.add($0) } }
        return String(decoding: end.bytes, as: UTF8.self)
    }

    @Test(arguments: [(4, "efgh"), (8, "abcdefgh"), (100, "abcdefgh"), (0, "")])
    func theLastBytesAreKeptHoweverTheyCome(longest: Int, kept: String) {
        #expect(end(of: ["abcdefgh"], longest: longest) == kept)
        #expect(end(of: ["ab", "cdefg", "", "h"], longest: longest) == kept)
    }
}
