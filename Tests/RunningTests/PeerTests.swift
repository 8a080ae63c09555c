import ProfileModel
import Testing

@testable import Running

@Suite struct PeerTests {
    private func launch(_ program: Program, clock: Clock = .wall) throws -> PeerLaunch {
        PeerLaunch(
            program: program, interpreter: try Interpreter("/bin/sh"), output: "/tmp/out", rate: 1000, clock: clock)
    }

    private func words(_ peer: PeerName, _ program: Program, clock: Clock = .wall) throws -> [String] {
        try peer.peer.words(launch(program, clock: clock)).map { String(decoding: $0, as: UTF8.self) }
    }

    private let script = Program(.script("a.py"), arguments: ["-m", "x"])

    @Test(arguments: PeerName.allCases) func everyPeerIsGivenTheProgramAndAPlaceToWrite(name: PeerName) throws {
        let words = try words(name, script)
        #expect(words.contains("a.py") && words.contains("/tmp/out"))
        #expect(Array(words.suffix(2)) == ["-m", "x"])
    }

    @Test func argumentsThatAreNoTextStay() throws {
        let program = Program(.script("a.py"), arguments: ["?"], rawWords: [Array("a.py".utf8), [0xff, 0xfe]])
        for name in PeerName.allCases { #expect(try name.peer.words(launch(program)).last == [0xff, 0xfe]) }
    }

    @Test func peersThatStartAnyCommandStartTheInterpreter() throws {
        for name in [PeerName.pySpy, .austin] {
            #expect(Array(try words(name, Program(.code("pass"))).suffix(3)) == ["/bin/sh", "-c", "pass"])
        }
    }

    @Test func whatAPeerCannotRunIsRefusedInWords() throws {
        let failure = #expect(throws: PeerFailure.self) {
            try PeerName.yappi.peer.words(launch(Program(.code("pass"))))
        }
        #expect(failure?.reason == "it profiles scripts alone")
    }

    @Test func theClockIsTheOneAskedFor() throws {
        #expect(try words(.yappi, script, clock: .cpu).contains("cpu"))
        #expect(try words(.pySpy, script).contains("--idle"))
        #expect(try !words(.pySpy, script, clock: .cpu).contains("--idle"))
        #expect(try words(.austin, script, clock: .cpu).contains("-s"))
    }

    @Test func countedSamplesStandForAnIntervalEach() {
        var profile = Profile(design: "x", kind: .sampling)
        profile.threads = [ThreadLife(id: 1, name: "", nanoseconds: 7)]
        profile.samples = [3, Int64.max].map { Sample(stack: .empty, thread: 0, count: $0, nanoseconds: 7) }
        profile.countSamples(at: 100)
        #expect(profile.samples.map(\.nanoseconds) == [30_000_000, 0])
        #expect(profile.threadTime == 30_000_000 && profile.rate == 100)
    }

    @Test func filesAreNamedAsTheInterpreterNamesThem() {
        var profile = Profile(design: "x", kind: .sampling)
        profile.functions = ["hosts", "<frozen runpy>", "/a/b.py", "nowhere.py"].map {
            Function(name: "f", qualname: "f", file: $0, line: 1)
        }
        profile.nameFilesInFull(script: "/etc/hosts")
        #expect(profile.functions.map(\.file) == ["/etc/hosts", "<frozen runpy>", "/a/b.py", "nowhere.py"])
    }
}
