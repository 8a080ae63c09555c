import Analysis
import Reports
import Testing

@Suite("Hostile texts")
struct HostileTextTests {
    static func compare() throws -> String {
        try HTMLReport.compare(
            Hostile.compare, flames: Hostile.texts.map { ($0, Hostile.table) }, source: Hostile.source,
            paths: Sieve.paths)
    }

    static func run() throws -> String {
        try HTMLReport.run(Hostile.run, flame: Hostile.table, source: Hostile.source, paths: Sieve.paths)
    }

    @Test(arguments: TerminalOptions.View.allCases)
    func giveTheTerminalNoOrders(by view: TerminalOptions.View) {
        var options = TerminalOptions(by: view, width: 120, paths: Sieve.paths)
        let run = TerminalReport.run(Hostile.run, flame: Hostile.flame, options: options, source: Hostile.source)
        let compare = TerminalReport.compare(Hostile.compare, options: options, source: Hostile.source)
        for text in [run, compare] { #expect(orders(in: text).isEmpty) }
        options.colors = true
        let colored = TerminalReport.run(Hostile.run, flame: Hostile.flame, options: options, source: Hostile.source)
        #expect(orders(in: colored.replacing(/\u{1b}\[[0-9;]*m/, with: "")).isEmpty)
    }

    @Test func giveTheTerminalNoLinesBeyondTheWidth() {
        let options = TerminalOptions(width: 80, paths: Sieve.paths)
        let text = TerminalReport.compare(Hostile.compare, options: options, source: Hostile.source)
        for line in text.split(separator: "\n") { #expect(line.count <= 80) }
    }

    @Test func areEscapedInHTML() throws {
        for html in [try Self.compare(), try Self.run()] {
            #expect(orders(in: html).isEmpty)
            #expect(count("<script", in: html) == 1)
            #expect(count("<style", in: html) == 1)
            #expect(count("<img", in: html) == 0)
            #expect(count("<svg onload", in: html) == 0)
            #expect(html.contains("{{program}}{{{title}}}"))
        }
    }

    /// Parses every tag of the page: a text that left its attribute would add one that we never write.
    @Test func leaveNoAttribute() throws {
        let known: Set<Substring> = [
            "lang", "charset", "http-equiv", "content", "name", "class", "id", "style", "role", "aria-label",
            "aria-hidden", "aria-live", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx",
            "transform", "scope", "type", "title", "placeholder", "for", "href", "viewBox", "aria-sort", "text-anchor",
            "data-column", "data-name", "data-own", "data-total", "data-calls",
        ]
        for html in [try Self.compare(), try Self.run()] {
            let start = try #require(html.firstRange(of: "</style>")).upperBound
            let end = try #require(html.firstRange(of: "<script>")).lowerBound
            let body = html[start..<end]
            let tags = body.unicodeScalars.split(separator: "<").dropFirst()
            for tag in tags { for name in attributes(of: tag) { #expect(known.contains(name), "\(name)") } }
        }
    }

    @Test(.enabled(if: Chromium.path != nil, "needs Chromium"))
    func runNoScriptInABrowser() throws {
        let document = try Chromium.document(of: Self.compare())
        #expect(document.contains("<title>swprof compare: "))
        #expect(!document.contains("<title>owned"))
        #expect(!document.contains("<img"))
        #expect(count("<script", in: document) == 1)
        #expect(document.contains("class=\"whisker\""))
    }

    @Test(.enabled(if: Chromium.path != nil, "needs Chromium"))
    func leaveOurOwnScriptRunning() throws {
        let document = try Chromium.document(of: HTMLReportTests.compare())
        #expect(document.contains("data-script=\"ready\""), "the hash in the page's policy is not the script's")
        #expect(count("class=\"dot\"", in: document) == 22)
    }

    /// Control characters other than ends of lines, and bidirectional ones.
    func orders(in text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter {
            $0 != "\n"
                && [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
        }
    }

    private func count(_ needle: String, in text: String) -> Int { text.ranges(of: needle).count }

    /// The names of a tag's attributes, given all that stands between its `<` and the next.
    private func attributes(of tag: Substring.UnicodeScalarView) -> [Substring] {
        var names: [Substring] = []
        var name = Substring.UnicodeScalarView()
        var isQuoted = false
        for scalar in tag {
            switch scalar {
            case "\"":
                isQuoted.toggle()
                name = Substring.UnicodeScalarView()
            case _ where isQuoted: continue
            case ">": return names
            case " ": name = Substring.UnicodeScalarView()
            case "=": names.append(Substring(name))
            default: name.append(scalar)
            }
        }
        return names
    }
}
