import ProfileModel
import Testing

@testable import ProfileFormats

@Suite struct OwnAndWaitingTests {
    static func profile() -> Profile {
        var profile = Profile(design: "signal", kind: .sampling)
        var symbols = SymbolInterning()
        let stack = profile.stacks.push(
            symbols.intern(Function(name: "f", qualname: "f", file: "a.py", line: 1), line: 2), onto: .empty)
        (profile.functions, profile.locations) = (symbols.functions, symbols.locations)
        profile.threads = [ThreadLife(id: 1, name: "main thread", nanoseconds: 3)]
        profile.own = ["/home/ada/a b", "/tab\there", "<string>"]
        profile.samples = [true, false, true].enumerated().map {
            Sample(
                stack: stack, thread: 0, tick: $0.offset, instant: 1, count: 1, nanoseconds: 1, isWaiting: $0.element)
        }
        return profile
    }

    @Test func theyAreTheSameAfterARoundTrip() throws {
        let read = try ProfileFormat.read(PprofWriter.write(Self.profile()), path: "x.pb.gz")
        #expect(read.samples.map(\.isWaiting) == [true, false, true])
        #expect(read == Self.profile())
    }

    @Test func aFileOfAnOlderSwprofSaysNothing() throws {
        var profile = Self.profile()
        profile.own = []
        for at in profile.samples.indices { profile.samples[at].isWaiting = false }
        let bytes = try PprofWriter.write(profile)
        #expect(try ProfileFormat.read(bytes, path: "x.pb.gz") == profile)
    }
}
