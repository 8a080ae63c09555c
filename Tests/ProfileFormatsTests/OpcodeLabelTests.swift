import ProfileModel
import Testing

@testable import ProfileFormats

@Suite struct OpcodeLabelTests {
    @Test func itIsTheSameAfterARoundTrip() throws {
        var profile = Profile(design: "signal", kind: .sampling)
        var symbols = SymbolInterning()
        let stack = profile.stacks.push(
            symbols.intern(Function(name: "f", qualname: "f", file: "a.py", line: 1), line: 2), onto: .empty)
        (profile.functions, profile.locations) = (symbols.functions, symbols.locations)
        profile.threads = [ThreadLife(id: 1, name: "main thread", nanoseconds: 3)]
        profile.samples = ["CALL", nil, "PRECALL"].enumerated().map {
            Sample(
                stack: stack, thread: 0, tick: $0.offset, instant: 1, count: 1, nanoseconds: 1,
                note: SampleNote(opcode: $0.element))
        }
        let read = try ProfileFormat.read(PprofWriter.write(profile), path: "x.pb.gz")
        #expect(read.samples.map(\.opcode) == ["CALL", nil, "PRECALL"])
        #expect(read == profile)
    }
}
