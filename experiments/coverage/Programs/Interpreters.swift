import Foundation
import Measuring
import Running

/// The interpreters that programs are run by.
struct Interpreters: Sendable {
    var usual: Interpreter
    /// Others by version, as `tools/pythons` makes them.
    private var versions: [String: Interpreter] = [:]
    /// One that has the packages that programs need.
    private var withPackages: [String: Interpreter] = [:]

    /// - Throws: where the usual one cannot be run.
    init(_ path: String) async throws {
        usual = try Interpreter(path)
        for version in Set(PlannedRuns.all.compactMap(\.arm.surroundings.interpreter)) {
            versions[version] = Self.made(version)
        }
        for package in Set(Workload.known.compactMap(\.package)) {
            for interpreter in [usual, try? Interpreter(".venv/bin/python")].compactMap({ $0 })
            where withPackages[package] == nil {
                if await Self.has(package, interpreter) { withPackages[package] = interpreter }
            }
        }
    }

    /// The one for a program in its surroundings; `nil` where there is none.
    func of(_ workload: Workload, in surroundings: Surroundings) -> Interpreter? {
        if let version = surroundings.interpreter { return workload.package == nil ? versions[version] : nil }
        return workload.package.map { withPackages[$0] } ?? usual
    }

    /// What to do where there is none.
    func remedy(_ workload: Workload, _ surroundings: Surroundings) -> String {
        if let package = workload.package { return "no interpreter for \(workload.name) has the package \(package)" }
        return "there is no CPython \(surroundings.interpreter ?? ""); make it with: tools/pythons"
    }

    private static func made(_ version: String) -> Interpreter? {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "") + "/.cache"
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: cache + "/swprof/pythons")) ?? []
        return folders.sorted().lazy
            .compactMap { try? Interpreter("\(cache)/swprof/pythons/\($0)/usr/bin/python\(version)") }.first
    }

    private static func has(_ package: String, _ interpreter: Interpreter) async -> Bool {
        (try? await interpreter.facts(of: [package]).packages[package]?.folder) != nil
    }
}
