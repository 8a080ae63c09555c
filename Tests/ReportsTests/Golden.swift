import Foundation
import Testing

/// Compares a report with the one kept in `Goldens/`.
///
/// With `SWPROF_REWRITE_GOLDENS=1` the kept one is rewritten, and the test still fails, so that a
/// rewrite is looked at before it is believed.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)")
    if ProcessInfo.processInfo.environment["SWPROF_REWRITE_GOLDENS"] == "1" {
        try text.write(to: golden, atomically: true, encoding: .utf8)
        Issue.record("\(name) was rewritten: look at it and run again", sourceLocation: sourceLocation)
        return
    }
    let kept = try String(contentsOf: golden, encoding: .utf8)
    #expect(text == kept, "differs from Goldens/\(name)", sourceLocation: sourceLocation)
}
