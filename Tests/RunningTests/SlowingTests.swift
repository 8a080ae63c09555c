import ProfileModel
import Testing

@testable import Running

@Suite struct SlowingTests {
    private let f = Function(name: "f", qualname: "A.f", file: "/a b.py", line: 3)
    private let g = Function(name: "g", qualname: "g", file: "/a b.py", line: 9)

    private func text(_ request: SlowingRequest, tells: Bool = true) -> [String] {
        String(decoding: request.bytes(tells: tells), as: UTF8.self).split(separator: "\0").map(String.init)
    }

    @Test func aRequestSaysWhatEachFunctionIsGiven() {
        #expect(text(SlowingRequest(counting: [f])) == ["tell", "/a b.py", "3", "f", "-1"])
        #expect(
            text(SlowingRequest([f, g], slowing: 1, by: 500), tells: false) == [
                "be silent", "/a b.py", "3", "f", "0", "/a b.py", "9", "g", "500",
            ])
        #expect(text(SlowingRequest([])) == ["tell"])
    }

    @Test func anAnswerIsReadWholeOrNotAtAll() throws {
        let answer = try #require(
            SlowingAnswer("1.5 1.25 2e-09\ncalls 7\ncalls 0\nreason its file cannot be read\nreason\nnonsense"))
        #expect(answer.seconds == ProgramSeconds(wall: 1.5, cpu: 1.25) && answer.perElement == 2e-9)
        #expect(
            answer.functions == [
                .calls(7), .notSlowed(reason: "it is not called"), .notSlowed(reason: "its file cannot be read"),
                .notSlowed(reason: "nothing is known of it"), .notSlowed(reason: "nothing is known of it"),
            ])
        #expect(SlowingAnswer("") == nil && SlowingAnswer("1.5 1.2") == nil && SlowingAnswer("a b c") == nil)
        #expect(SlowingAnswer("nan 1 1") == nil && SlowingAnswer("1 inf 1") == nil && SlowingAnswer("1 1 -1") == nil)
    }

    @Test func theFolderStandsInFrontOfTheUsersOwnPath() throws {
        let folder = try SlowingFolder()
        let path = String(decoding: folder.pythonPath, as: UTF8.self)
        #expect(path.contains("/swprof-"))
        #expect(folder.environment["PYTHONPATH"] == Array(path.utf8))
        #expect(folder.answer == nil && folder.refusal == nil)
    }
}
