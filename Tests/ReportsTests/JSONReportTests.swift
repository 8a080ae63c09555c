import Analysis
import Foundation
import Reports
import Testing

@Suite("The JSON report")
struct JSONReportTests {
    @Test func runIsAsKept() throws { try expectGolden(JSONReport.encode(Sieve.run), "run.json") }

    @Test func compareIsAsKept() throws { try expectGolden(JSONReport.encode(Sieve.compare), "compare.json") }

    @Test func numbersThatAreNoneAreNull() throws {
        var run = Sieve.run
        run.seconds = .nan
        run.functions[0].`self`.seconds = .infinity
        run.functions[0].total.low = -.infinity
        let text = try JSONReport.encode(run)
        #expect(text.contains("\"seconds\" : null"))
        #expect(text.contains("\"low\" : null"))
        #expect(!text.contains("not a number"))
        _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
    }

    @Test func hostileTextsComeBackAsTheyWere() throws {
        let text = try JSONReport.encode(Hostile.run)
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(object?["program"] as? [String] == Hostile.texts)
    }
}
