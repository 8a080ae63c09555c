import ProfileModel
import Testing

@testable import ProfileFormats

@Suite struct PprofMarksTests {
    @Test func marksAreTheSameAfterARoundTrip() throws {
        var profile = OwnAndWaitingTests.profile()
        profile.marks = [
            "a.py": [2: LineMark(text: 0, neighbours: .max), 70: LineMark(text: 12, neighbours: 3)],
            "/tab\there;%": [1: LineMark(text: 1, neighbours: 1)],
        ]
        #expect(try ProfileFormat.read(PprofWriter.write(profile), path: "x.pb.gz") == profile)
    }

    @Test(arguments: ["2", "2:1", "0:1:1", "-1:1:1", "x:1:1", "1:g:1", "1:1:100000000", "1:1:1:1", ""])
    func whatIsNoMarkIsDamage(field: String) {
        #expect(throws: FormatError.self) { try PprofMarks.marks(of: [["a.py", field]]) }
    }

    @Test func aFileWithoutLinesIsNone() throws {
        #expect(try PprofMarks.marks(of: [["a.py"]]).isEmpty)
    }
}
