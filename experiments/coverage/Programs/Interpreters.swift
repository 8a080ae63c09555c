import Foundation
import Running

/// The interpreters that programs are run by.
struct Interpreters: Sendable {
    var usual: Interpreter
    /// Others by version, as `tools/pythons` makes them.
    private var versions: [String: Interpreter] = [:]
    /// One that has the packages that programs need.
    private var withPackages: [String: Interpreter] = [:]

    /// - Throws: where the usual one cannot be run.
    init(_ path: String) throws {
        do { usual = try Interpreter(path) } catch { throw CoverageError(error.line) }
        for version in Set(PlannedRuns.all.compactMap(\.condition.python)) { versions[version] = Self.made(version) }
        for package in Set(Workload.known.compactMap(\.package)) {
            withPackages[package] = [usual, try? Interpreter(".venv/bin/python")].compactMap { $0 }.first { Self.has(package, $0) }
        }
    }

    /// The one for a program under a condition; `nil` where there is none.
    func of(_ workload: Workload, under condition: RunCondition) -> Interpreter? {
        if let version = condition.python { return workload.package == nil ? versions[version] : nil }
        return workload.package.map { withPackages[$0] } ?? usual
    }

    /// What to do where there is none.
    func remedy(_ workload: Workload, _ condition: RunCondition) -> String {
        if let package = workload.package { return "no interpreter for \(workload.name) has the package \(package)" }
        return "there is no CPython \(condition.python ?? ""); make it with: tools/pythons"
    }

    private static func made(_ version: String) -> Interpreter? {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "") + "/.cache"
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: cache + "/swprof/pythons")) ?? []
        return folders.sorted().lazy
            .compactMap { try? Interpreter("\(cache)/swprof/pythons/\($0)/usr/bin/python\(version)") }.first
    }

    private static func has(_ package: String, _ interpreter: Interpreter) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: interpreter.path)
        process.arguments = ["-c", "import \(package)"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
