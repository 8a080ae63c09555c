import Foundation
import GRDB

/// Records timelines of unprofiled runs, and keeps them in the store.
struct TimelineRecording {
    let experiment: Experiment

    /// Makes up what the store lacks of a workload's timelines, and returns them by number.
    func timelines(_ workload: Workload, _ count: Int) async throws -> [(id: Int64, timeline: Timeline)] {
        for number in 0..<count where try !isStored(workload, number) {
            experiment.progress("timelines of \(workload.name)", number, count)
            let content = try await record(workload, number)
            _ = try RecordedTimeline(json: content, of: workload.path)
            try experiment.store.write {
                try $0.execute(
                    sql: "INSERT INTO timeline (session, workload, number, content) VALUES (?, ?, ?, ?)",
                    arguments: [experiment.session, workload.name, number, content])
            }
        }
        return try stored(workload, count)
    }

    /// The text that one run leaves.
    func record(_ workload: Workload, _ number: Int) async throws -> String {
        try experiment.store.checkUnchanged(workload)
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "swprof-coverage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "timeline.json")
        var environment = Conditions.environment(seed: experiment.seed.of("timeline", workload.name, String(number)))
        environment["TRUTH_TIMELINE"] = file.path()
        _ = try await experiment.starter.control(workload, environment: environment)
        guard let content = try? String(contentsOf: file, encoding: .utf8) else {
            throw CoverageError("\(workload.path) has written no timeline where TRUTH_TIMELINE says")
        }
        return content
    }

    private func isStored(_ workload: Workload, _ number: Int) throws -> Bool {
        try experiment.store.read {
            try Bool.fetchOne(
                $0, sql: "SELECT count(*) > 0 FROM timeline WHERE workload = ? AND number = ?", arguments: [workload.name, number]) ?? false
        }
    }

    private func stored(_ workload: Workload, _ count: Int) throws -> [(id: Int64, timeline: Timeline)] {
        let rows = try experiment.store.read {
            try GRDB.Row.fetchAll(
                $0, sql: "SELECT id, content FROM timeline WHERE workload = ? AND number < ? ORDER BY number",
                arguments: [workload.name, count])
        }
        return try rows.map { ($0["id"], Timeline(try RecordedTimeline(json: $0["content"], of: workload.path))) }
    }
}
