import Analysis
import ProfileModel
import Reports
import Testing

@Suite("The live view")
struct LiveScreenTests {
    private let screen = LiveScreen(
        title: "process 1234  server.py --port 80", keys: true,
        paths: ShortPaths(workingDirectory: "/home/u/work", home: "/home/u"))

    private static func findings(_ view: LiveView = .function, _ certainty: LiveFindings.Certainty = .sequence)
        -> LiveFindings
    {
        var findings = LiveFindings(view, certainty, design: "remote", clock: .wall)
        (findings.seconds, findings.ticks, findings.lostPart, findings.more) = (12.3, 12_300, 0.002, 7)
        let has = certainty == .sequence
        func share(_ share: Double, _ reach: Double) -> Estimate {
            has ? Estimate(share: share, low: max(0, share - reach), high: share + reach) : Estimate(share: share)
        }
        findings.rows = [
            .init(
                name: "Server.handle", file: "/home/u/work/server.py", line: 12, share: share(0.451, 0.012),
                isCertain: has),
            .init(name: "parse", file: "/home/u/work/parsing.py", line: 3, share: share(0.2, 0.01), isCertain: has),
            .init(name: "dict.update", file: nil, line: 0, share: share(0.19, 0.01)),
            .init(name: "<module>", file: "/home/u/work/server.py", line: 1, share: share(0.0008, 0.004)),
        ]
        return findings
    }

    private func text(_ findings: LiveFindings, width: Int = 80, height: Int = 24) -> String {
        screen.lines(findings, width: width, height: height, colors: false).joined(separator: "\n") + "\n"
    }

    @Test func readsAsKept() throws { try expectGolden(text(Self.findings()), "live-80.txt") }

    @Test func readsAsKeptInFortyColumnsAndTenRows() throws {
        try expectGolden(text(Self.findings(), width: 40, height: 10), "live-40.txt")
    }

    @Test func saysWhyThereIsNoInterval() {
        let words: [(LiveFindings.Certainty, String)] = [
            (.periodic, "periodic"), (.instantsNotOurs, "picks the instants"), (.unknownSchedule, "unknown schedule"),
            (.counted, "measured, not sampled"),
        ]
        for (certainty, word) in words {
            let text = text(Self.findings(.function, certainty))
            #expect(text.replacing("\n", with: " ").contains(word), "\(text)")
            #expect(!text.contains("["), "\(text)")
            #expect(!text.contains("certain"), "\(text)")
        }
    }

    @Test func saysHowFarTheEndIs() {
        let screen = LiveScreen(title: "p", keys: true, goal: 0.01)
        let text = screen.lines(Self.findings(), width: 80, height: 24, colors: false).joined(separator: "\n")
        #expect(text.contains("Ends at ±1.0 points; now ±1.2."))
    }

    @Test func fitsEveryTerminal() {
        var findings = Self.findings()
        findings.rows += (0..<40).map {
            .init(name: "f\($0)", file: "/x/y.py", line: $0, share: Estimate(share: 0.001))
        }
        for width in [1, 8, 20, 40, 59, 60, 80, 200] {
            for height in [1, 2, 3, 5, 10, 24, 60] {
                let lines = screen.lines(findings, width: width, height: height, colors: false)
                #expect(lines.count <= height)
                #expect(lines.allSatisfy { $0.count <= width }, "\(width) × \(height): \(lines)")
                if height >= 10, width >= 40 { #expect(lines.contains { $0.contains("45.1 %") }, "\(lines)") }
            }
        }
    }

    @Test func noNameCarriesAnOrderToTheTerminal() {
        var findings = Self.findings()
        findings.rows[0].name = "\u{1b}[2J\u{202e}evil\n"
        findings.rows[1].file = "/tmp/\u{1b}]0;x\u{7}.py"
        let lines = LiveScreen(title: "a\u{1b}[?1049lb\r", keys: true).lines(
            findings, width: 120, height: 24, colors: false)
        for scalar in lines.joined().unicodeScalars {
            #expect(scalar.value >= 0x20 && scalar.value != 0x7f && scalar.value != 0x202e)
        }
        #expect(lines.joined().contains("\\u{1b}[2J"))
    }

    @Test func beforeTheFirstLookItWaits() {
        let lines = screen.waiting(width: 40, height: 10, colors: false)
        #expect(lines.count <= 10 && lines.joined().contains("waiting for the first look"))
    }
}
