import Foundation
import Measuring
import Running

/// Records timelines of unprofiled runs, and keeps them in the store.
struct TimelineRecording {
    let experiment: Experiment

    /// Makes up what the store lacks of a workload's timelines, and returns them by number.
    func timelines(_ workload: Workload, _ count: Int) async throws -> [(id: Int64, timeline: Timeline)] {
        for number in 0..<count where try !isStored(workload, number) {
            experiment.progress("timelines of \(workload.name)", number, count)
            let content = try await record(workload, number)
            _ = try RecordedTimeline(json: content, of: workload.path)
            try experiment.store.insert(
                TimelineRecord(session: experiment.session, workload: workload.name, number: number, content: content))
        }
        return try stored(workload, count)
    }

    /// The text that one run leaves.
    func record(_ workload: Workload, _ number: Int) async throws -> String {
        try experiment.store.checkUnchanged(workload)
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "swprof-coverage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "timeline.json")
        let conditions = Conditions(seed: experiment.seed.of("timeline", workload.name, String(number)))
        _ = try await experiment.starter.control(workload, conditions, environment: ["TRUTH_TIMELINE": file.path()])
        guard let content = try? String(contentsOf: file, encoding: .utf8) else {
            throw RunningError.failed("\(workload.path) has written no timeline where TRUTH_TIMELINE says")
        }
        return content
    }

    private func isStored(_ workload: Workload, _ number: Int) throws -> Bool {
        try experiment.store.has(TimelineRecord.self, ["workload": workload.name, "number": number])
    }

    private func stored(_ workload: Workload, _ count: Int) throws -> [(id: Int64, timeline: Timeline)] {
        try experiment.store.records(TimelineRecord.self, ["workload": workload.name], by: "number").prefix(count).map {
            ($0.id ?? 0, Timeline(try RecordedTimeline(json: $0.content, of: workload.path)))
        }
    }
}
