import Measuring

/// What becomes of the talk's two mistakes: in C they run, until a sanitizer looks; in Swift they do not compile.
struct LanguageFaults: Figure {
    var name: String { "languages: faults" }

    func measure<S: Starter>(in bench: Bench<S>) async throws {
        let dangling = Command(
            executable: "\(LanguagePrograms.folder)/dangling", arguments: ["100"],
            environment: ["ASAN_OPTIONS": "detect_stack_use_after_return=1"])
        report(
            "C returns its stack array", "AddressSanitizer says so", in: bench, try await bench.starter.run(dangling),
            says: "stack-use-after-return")
        for (file, fault, words) in [
            ("Dangling", "Swift returns a view of what is gone", "lifetime-dependent value escapes its scope"),
            ("Race", "Swift shares what is not locked", "risks causing data races"),
        ] {
            let compile = Command(
                executable: "/usr/bin/env",
                arguments: ["swiftc"] + Self.flags + ["\(LanguagePrograms.sources)/refused/\(file).swift"])
            report(fault, "does not compile", in: bench, try await bench.starter.run(compile), says: words)
        }
    }

    private static let flags = [
        "-c", "-o", "/dev/null", "-swift-version", "6", "-enable-experimental-feature", "Lifetimes",
        "-parse-as-library",
    ]

    private func report<S: Starter>(
        _ fault: String, _ asked: String, in bench: Bench<S>, _ outcome: Outcome, says words: String
    ) {
        let isCaught = outcome.status != 0 && outcome.errors.contains(words)
        bench.report(
            Row(
                figure: fault, asked: asked, measured: isCaught ? "\"\(words)\"" : "status \(outcome.status)",
                from: "1 run",
                verdict: isCaught ? .met : .missed))
    }
}
