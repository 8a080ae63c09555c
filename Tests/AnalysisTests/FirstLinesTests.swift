import ProfileModel
import Testing

@testable import Analysis

@Suite struct FirstLinesTests {
    /// One sample for each function and line.
    private func profile(_ places: [(name: String, first: Int, line: Int)], file: String = "/a.py") -> Profile {
        var symbols = SymbolInterning()
        var profile = Profile(design: "x", kind: .sampling)
        for place in places {
            let location = symbols.intern(
                Function(name: place.name, qualname: place.name, file: file, line: place.first), line: place.line)
            profile.samples.append(
                Sample(stack: profile.stacks.push(location, onto: .empty), thread: 0, count: 1, nanoseconds: 1))
        }
        (profile.functions, profile.locations) = (symbols.functions, symbols.locations)
        return profile
    }

    private func firstLines(_ profile: Profile, knowing: Profile) -> [Int] {
        let whole = FirstLines([knowing, profile]).completing(profile)
        return whole.locations.map { whole.functions[$0.function.index].line }
    }

    @Test func theNearestAboveIsTheOne() {
        let known = profile([("f", 3, 0), ("f", 10, 0), ("g", 1, 0)])
        #expect(
            firstLines(profile([("f", 0, 5), ("f", 0, 10), ("f", 0, 99), ("g", 0, 2)]), knowing: known) == [
                3, 10, 10, 1,
            ])
    }

    @Test func whatIsAboveAllOfThemOrUnknownStays() {
        let known = profile([("f", 3, 0)])
        #expect(firstLines(profile([("f", 0, 2), ("h", 0, 5)]), knowing: known) == [0, 0])
        #expect(firstLines(profile([("f", 0, 5)], file: "/b.py"), knowing: known) == [0])
    }

    @Test func withoutALineOnlyOneCandidateIsBelieved() {
        #expect(firstLines(profile([("f", 0, 0)]), knowing: profile([("f", 3, 0)])) == [3])
        #expect(firstLines(profile([("f", 0, 0)]), knowing: profile([("f", 3, 0), ("f", 9, 0)])) == [0])
    }

    @Test func whatTellsItsFirstLinesIsLeftAlone() {
        let own = profile([("f", 4, 5)])
        #expect(FirstLines([profile([("f", 3, 0)]), own]).completing(own) == own)
    }
}
