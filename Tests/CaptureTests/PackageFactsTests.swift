import Foundation
import Testing

@testable import Capture

/// The Python package has the tables of designs and versions in a file that is written from ours.
@Suite struct PackageFactsTests {
    /// With `SWPROF_REWRITE_GOLDENS=1` the file is rewritten, and the test still fails, so that it is looked at.
    @Test func thePackageHasTheSameTables() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../Sources/PythonPackage/swprof/facts.py")
        if ProcessInfo.processInfo.environment["SWPROF_REWRITE_GOLDENS"] == "1" {
            try PackageFacts.text.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("facts.py was rewritten: look at it and run again")
            return
        }
        #expect(
            try String(contentsOf: file, encoding: .utf8) == PackageFacts.text,
            "rewrite it with SWPROF_REWRITE_GOLDENS=1")
    }

    @Test func versionsAreInOrderWithoutGaps() {
        #expect(
            SupportedPython.allCases.map(\.minor) == Array(SupportedPython.oldest.minor...SupportedPython.newest.minor))
        #expect(SupportedPython.span == "\(SupportedPython.oldest.text) to \(SupportedPython.newest.text)")
    }

    @Test func onlySamplersHaveInstantsAndOnlyTracersTellLines() {
        for design in Design.allCases {
            let facts = design.facts
            #expect(!facts.clocks.isEmpty)
            #expect(facts.kind == .sampling ? !facts.tellsLines : facts.instantsAreOwn)
        }
    }
}

private enum PackageFacts {
    static var text: String {
        """
        \"\"\"What swprof supports: written by Tests/CaptureTests from the tables in Sources/Capture, not by hand.

        Any Python has to be able to read this.
        \"\"\"
        PYTHONS = (\(SupportedPython.allCases.map(tuple).joined(separator: ", ")))

        # By name, in the order of the table: what each design declares of itself.
        DESIGNS = {
        \(Design.allCases.map(line).joined(separator: "\n"))
        }
        CLOCKS = (\(DesignFacts.Clock.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")))

        TYPE_CHECKING = False
        if TYPE_CHECKING:
            from typing import Literal

            Design = Literal[\(Design.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))]
            Clock = Literal[\(DesignFacts.Clock.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))]

        """
    }

    private static func tuple(_ python: SupportedPython) -> String { "(3, \(python.minor))" }

    private static func line(_ design: Design) -> String {
        let facts = design.facts
        let clocks = facts.clocks.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        return "    \"\(design.rawValue)\": {\"kind\": \"\(facts.kind.rawValue)\", "
            + "\"instants_are_own\": \(facts.instantsAreOwn ? "True" : "False"), \"oldest\": \(tuple(facts.oldestPython)), \"clocks\": [\(clocks)]},"
    }
}
