import Capture
import Testing

@Suite struct DesignTests {
    @Test func everyDesignIsFoundByItsName() {
        for design in Design.allCases + [.remote] {
            #expect(Design(rawValue: design.rawValue) == design)
            #expect(design.written == nil)
        }
        #expect(Set(Design.allCases.map(\.rawValue)).count == Design.allCases.count)
    }

    @Test(arguments: ["sampler.py:TalkSampler", "/a:b/c.py:D"])
    func oneWithAFileIsWrittenInPython(_ name: String) throws {
        let design = try #require(Design(rawValue: name))
        #expect(design.rawValue == name && design.written?.name == name)
        #expect(!Design.allCases.contains(design))
    }

    @Test(arguments: ["none", "", ":", "sampler.py:", ":TalkSampler"])
    func whatNamesNoFileOrNoClassIsNone(_ name: String) { #expect(Design(rawValue: name) == nil) }

    /// Of what was read of it nothing tells two apart: a store knows but the name.
    @Test func oneWhoseFileWasReadIsTheSameDesign() throws {
        let read = try #require(WrittenDesign("t.py:T", .tracing, instantsAreOwn: true, file: "/t.py"))
        #expect(Design.written(read) == Design(rawValue: "t.py:T"))
        #expect(Set([Design.written(read), try #require(Design(rawValue: "t.py:T"))]).count == 1)
        #expect(Design.written(read).facts.kind == .tracing)
    }
}
