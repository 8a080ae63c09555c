import Analysis
import Testing

@testable import Reports

@Suite("Names and places that can be read")
struct PlaceTextTests {
    static let site = "/v/lib/python3.11/site-packages/"

    static func name(_ file: String, among others: [String] = [], own: [String] = []) -> String {
        ShortPaths(workingDirectory: "/home/ada/talk", home: "/home/ada", own: own)
            .telling(apart: Set([file] + others))(file)
    }

    @Test(arguments: [
        (site + "pandas/core/internals/managers.py", "pandas/…/managers.py"),
        (site + "pandas/core/frame.py", "pandas/core/frame.py"), (site + "six.py", "six.py"),
        (site + "django/db/models/backends/__init__.py", "django/…/backends/__init__.py"),
        ("/usr/lib/python3.11/socket.py", "socket.py"), ("/usr/lib/python3.11/json/decoder.py", "json/decoder.py"),
        ("/home/ada/talk/sieve.py", "sieve.py"), ("/home/ada/lib/a.py", "~/lib/a.py"),
        ("/srv/applications/reporting/current/jobs/nightly.py", "/srv/…/nightly.py"),
        ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap>"), ("<ipython-input-3-0ab1>", "cell 3"),
    ])
    func pathsLoseWhatTellsNothing(file: String, name: String) {
        #expect(Self.name(file) == name)
    }

    @Test func ownCodeIsNamedFromTheProgramsFolderOn() {
        #expect(Self.name("/srv/app/jobs/nightly.py", own: ["/srv/app"]) == "jobs/nightly.py")
        #expect(Self.name("/srv/app/v/lib/python3.11/site-packages/six.py", own: ["/srv/app"]) == "six.py")
    }

    @Test func filesThatWouldLookAlikeAreToldApart() {
        let (a, b) = (Self.site + "pandas/core/internals/base.py", Self.site + "pandas/core/indexes/very/base.py")
        #expect(Self.name(a, among: [b]) == "pandas/…/internals/base.py")
        #expect(Self.name(b, among: [a]) == "pandas/…/very/base.py")
        let (own, python) = ("/srv/app/socket.py", "/usr/lib/python3.11/socket.py")
        #expect(
            Self.name(own, among: [python], own: ["/srv/app"]) != Self.name(python, among: [own], own: ["/srv/app"]))
    }

    /// Paths of few words collide in every way, and no two get one name.
    @Test func noTwoFilesHaveOneName() {
        let words = ["a", "b", "site-packages", "lib", "python3.11", "talk"]
        var files: Set<String> = []
        for first in words {
            for second in words {
                for third in words { files.insert("/home/ada/\(first)/\(second)/\(third)/module_with_a_long_name.py") }
                files.insert("/\(first)/\(second)/module_with_a_long_name.py")
                files.insert("\(first)/\(second)/module_with_a_long_name.py")
            }
        }
        let paths = ShortPaths(workingDirectory: "/home/ada/talk", home: "/home/ada", own: ["/home/ada/a"])
            .telling(apart: files)
        #expect(Set(files.map { paths($0) }).count == files.count)
    }

    /// However narrow the terminal, a row has its function and its line's number whole.
    @Test(arguments: [40, 50, 60, 72, 80, 100, 140], ["f", "BlockManager.reduce_everything_at_once_and_again"])
    func nameAndNumberStayWhole(width: Int, function: String) {
        var findings = Sieve.run
        findings.functions = [
            FunctionFinding(
                name: function, qualname: function, file: Self.site + "pandas/core/internals/managers.py", line: 2488,
                self: ReportRun.share(0.4), total: ReportRun.share(0.5))
        ]
        let options = TerminalOptions(by: .function, width: width, paths: Sieve.paths)
        let text = TerminalReport.run(findings, flame: Sieve.flame, options: options, source: Sieve.source)
        let table = text.split(separator: "\n").drop { $0 != "Functions" }.prefix { !$0.contains("hottest") }
        let words = table.map { String($0).replacing(" ", with: "") }.joined()
        #expect(words.contains(function) && words.contains("managers.py:2488"))
        for line in table { #expect(line.count <= width) }
    }

    @Test func stacksAreCutByWeight() {
        let deep = FlameNode(
            name: "deep", file: Sieve.file, line: 1, share: 0.5,
            children: [FlameNode(name: "deeper", file: Sieve.file, line: 2, share: 0.3)])
        let flame = FlameNode(
            name: "all", share: 1,
            children: [deep, FlameNode(name: "wide", file: Sieve.file, line: 3, share: 0.4)])
        let options = TerminalOptions(top: 2, by: .stack, paths: Sieve.paths)
        let text = TerminalReport.run(Sieve.run, flame: flame, options: options, source: Sieve.source)
        #expect(text.contains("deep ") && text.contains("wide") && !text.contains("deeper"))
    }

    /// Of equals the callers are kept, and no later branch is shut out by a chain of equals that comes first.
    @Test func aChainOfEqualsIsCutAtItsEnd() {
        var chain = FlameNode(name: "f9", file: Sieve.file, line: 9, share: 0.6)
        for number in (0..<9).reversed() {
            chain = FlameNode(name: "f\(number)", file: Sieve.file, line: number, share: 0.6, children: [chain])
        }
        let options = TerminalOptions(top: 3, by: .stack, paths: Sieve.paths)
        let text = TerminalReport.run(
            Sieve.run, flame: FlameNode(name: "all", share: 1, children: [chain]), options: options,
            source: Sieve.source)
        #expect(text.contains("f0 ") && text.contains("f2 ") && !text.contains("f3 "))
    }

    @Test func functionsAreSortedAsAsked() throws {
        let own = TerminalOptions(by: .function, paths: Sieve.paths)
        let total = TerminalOptions(by: .function, sort: .total, paths: Sieve.paths)
        func first(_ options: TerminalOptions) -> [Substring] {
            let text = TerminalReport.run(Sieve.run, flame: Sieve.flame, options: options, source: Sieve.source)
            return text.split(separator: "\n").filter { $0.contains("sieve.py:") }
        }
        #expect(try #require(first(own).first).contains("eratosthenes"))
        #expect(try #require(first(total).first).contains("<module>"))
    }
}
