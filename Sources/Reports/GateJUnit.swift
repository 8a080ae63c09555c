import Analysis

/// What a gate says, as JUnit's XML: the whole program, every function that was judged and the self-test are its cases.
public enum GateJUnit {
    private struct Case {
        var name: String
        var group: String
        var verdict: GateVerdict
        var text: String
    }

    public static func text(_ findings: GateFindings) -> String {
        let cases = cases(findings)
        func count(_ verdict: GateVerdict) -> Int { cases.filter { $0.verdict == verdict }.count }
        let suite =
            "<testsuite name=\"swprof gate\" tests=\"\(cases.count)\" failures=\"\(count(.fail))\" errors=\"0\" "
            + "skipped=\"\(count(.undecided))\" time=\"\(Decimals.fixed(findings.seconds, 3) ?? "0")\">"
        return
            (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>", suite] + cases.map(element)
            + ["</testsuite>", "</testsuites>", ""]).joined(separator: "\n")
    }

    /// A self-test that finds a difference makes the gate undecided, and is skipped with it.
    private static func cases(_ findings: GateFindings) -> [Case] {
        let whole = findings.slowdown.map {
            Case(name: "whole program", group: "program", verdict: $0.verdict, text: Wording.slowdown($0))
        }
        let selfTest = findings.selfTest.map {
            Case(
                name: "self-test", group: "program", verdict: $0.verdict == .pass ? .pass : .undecided,
                text: Wording.selfTest($0))
        }
        let verdict = Case(
            name: "verdict", group: "program", verdict: findings.verdict, text: Wording.verdict(findings))
        return [verdict] + [whole, selfTest].compactMap { $0 }
            + findings.functions.map { function in
                let text = [Wording.change(function.gateChange).text, Wording.why(function)]
                return Case(
                    name: function.qualname, group: function.file, verdict: function.verdict,
                    text: text.filter { !$0.isEmpty }.joined(separator: "; "))
            }
    }

    private static func element(_ each: Case) -> String {
        let (name, group, text) = (escaped(each.name), escaped(each.group), escaped(each.text))
        let head = "  <testcase classname=\"\(group)\" name=\"\(name)\""
        switch each.verdict {
        case .pass: return head + "/>"
        case .fail: return head + "><failure message=\"\(text)\"/></testcase>"
        case .undecided: return head + "><skipped message=\"undecided: \(text)\"/></testcase>"
        }
    }

    /// Controls, of which XML forbids most, are spelled out.
    private static func escaped(_ text: String) -> String { HTMLText().escapeText(text) }
}
