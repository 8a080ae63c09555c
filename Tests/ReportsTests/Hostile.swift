import Analysis
import ProfileModel
import Reports

/// Findings all of whose texts are made to break out of a report.
enum Hostile {
    static let texts = [
        "<script>document.title='owned'</script>",
        "\"><img src=x onerror=\"document.title='owned'\">",
        // One Character with the quotation mark, which an escape by characters would miss.
        "\"\u{301} onmouseover=document.title='owned' autofocus onfocus=document.title='owned' x=\"\u{301}",
        "\u{600}\"\u{600}> <svg onload=document.title='owned'>",
        "' onclick='document.title=1",
        "{{program}}{{{title}}}{{#facts}}{{> page}}{{/facts}}",
        "</style></title></textarea><script>document.title='owned'</script>",
        "--><script>document.title='owned'</script>",
        "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m",
        "evil\u{202e}yp.eveis\u{2066}\u{200b}\u{feff}",
        "line\nbreak\r\nand\ttab\u{0}\u{2028}",
        String(repeating: "long", count: 50_000),
    ]

    static let source = AnySource()

    struct AnySource: SourceText {
        func lines(of file: String) -> [String]? { Hostile.texts + [file] }
    }

    static let run: RunFindings = {
        var run = Sieve.run
        run.design = texts[0]
        run.program = texts
        run.python = texts[1]
        run.within = texts[2]
        run.interval = texts[3]
        run.functions = texts.map {
            FunctionFinding(name: $0, qualname: $0, file: $0, line: 1, self: half, total: half)
        }
        run.lines = lines
        run.threads = texts.map { ThreadFinding(id: 1, name: $0, seconds: 1, share: 0.5) }
        run.tasks = texts.map { TaskFinding(name: $0, time: half) }
        run.taskless = TasklessFinding(none: half, unknown: half)
        run.caveats = texts.map { Caveat(code: $0, text: $0) }
        run.audit = Dictionary(texts.map { ($0, $0) }, uniquingKeysWith: { first, _ in first })
        return run
    }()

    static let compare: CompareFindings = {
        var compare = Sieve.compare
        compare.program = texts
        compare.python = texts[1]
        compare.designs = texts.map { text in
            var design = Sieve.compare.designs[1]
            design.name = text
            design.version = text
            design.interval = text
            design.functions = run.functions
            design.lines = lines
            design.caveats = run.caveats
            return design
        }
        compare.agreement = texts.map {
            Agreement(a: $0, b: $0, by: .line, resolution: $0, totalVariation: .nan, noiseFloor: .infinity, p: .nan)
        }
        compare.disagreements = texts.map { text in
            var disagreement = Sieve.compare.disagreements[0]
            (disagreement.a, disagreement.b, disagreement.function) = (text, text, text)
            (disagreement.file, disagreement.likelier, disagreement.text) = (text, text, text)
            return disagreement
        }
        compare.audit = run.audit
        return compare
    }()

    static let flame = FlameNode(
        name: texts[0], share: 1,
        children: texts.map { FlameNode(name: $0, file: $0, line: 1, share: 1 / Double(texts.count)) })

    static let table = FlameTable(flame)

    private static let half = Estimate(
        share: 0.5, low: 0.4, high: 0.6, worstLow: 0.3, worstHigh: .infinity, seconds: .nan)

    private static let lines = texts.enumerated().map {
        LineFinding(file: $1, line: $0 + 1, function: $1, self: half, total: half)
    }
}
