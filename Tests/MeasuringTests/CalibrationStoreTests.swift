import Foundation
import ProfileModel
import Testing

@testable import Measuring
@testable import Running

@Suite struct CalibrationStoreTests {
    private let folder: String
    private let facts = CalibrationFacts(
        interpreter: .init(path: "/usr/bin/python3.11", size: 1, modified: 2), version: "3.11.2 (main)",
        extension: .init(path: "/x/lib_swprof.so", size: 3, modified: 4), processor: "x86", kernel: "6.1")
    private let costs = ProbeCosts(
        parameters: [.pythonInside, .pythonOutside], values: [1, 2], covariance: [[3, 0.1], [0.1, 4]],
        degreesOfFreedom: 5, processes: 6,
        date: "2026-01-02T03:04:05Z")

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "swprof-store-\(UUID())/deeper/swprof").path
    }

    private func store(_ facts: CalibrationFacts? = nil) -> CalibrationStore {
        CalibrationStore(facts ?? self.facts, folder: folder)
    }

    @Test func whatIsKeptIsFoundAgain() throws {
        #expect(store().costs(of: .evalframe, clock: .wall) == nil && !store().isDamaged)
        try store().keep([.evalframe: costs], clock: .wall)
        #expect(store().costs(of: .evalframe, clock: .wall) == costs)
        #expect(
            store().costs(of: .evalframe, clock: .cpu) == nil && store().costs(of: .setprofile, clock: .wall) == nil)
    }

    @Test func designsAndClocksStandBesideOneAnother() throws {
        try store().keep([.evalframe: costs], clock: .wall)
        var other = costs
        other.processes = 7
        try store().keep([.setprofile: other], clock: .wall)
        try store().keep([.evalframe: other], clock: .cpu)
        #expect(store().costs(of: .evalframe, clock: .wall) == costs)
        #expect(
            store().costs(of: .setprofile, clock: .wall) == other && store().costs(of: .evalframe, clock: .cpu) == other
        )
        try store().keep([.evalframe: other], clock: .wall)
        #expect(store().costs(of: .evalframe, clock: .wall) == other)
    }

    @Test func whatHasChangedMakesItInvalid() throws {
        try store().keep([.evalframe: costs], clock: .wall)
        for change: (inout CalibrationFacts) -> Void in [
            { $0.interpreter.size += 1 }, { $0.interpreter.modified += 1 }, { $0.version = "3.11.3" },
            { $0.kernel = "6.2" },
            { $0.processor = "another" }, { $0.extension.size += 1 }, { $0.extension.modified += 1 },
            { $0.interpreter.path = "/usr/bin/python3.12" },
        ] {
            var changed = facts
            change(&changed)
            #expect(store(changed).costs(of: .evalframe, clock: .wall) == nil)
        }
        #expect(store().costs(of: .evalframe, clock: .wall) == costs)
    }

    /// New costs replace those of what was, all of them.
    @Test func costsOfWhatWasAreNotMixedIn() throws {
        try store().keep([.evalframe: costs], clock: .wall)
        var newer = facts
        newer.kernel = "6.2"
        try store(newer).keep([.setprofile: costs], clock: .wall)
        #expect(store(newer).costs(of: .evalframe, clock: .wall) == nil)
        #expect(store(newer).costs(of: .setprofile, clock: .wall) == costs)
    }

    @Test func aFileThatIsNoCalibrationIsNone() throws {
        try store().keep([.evalframe: costs], clock: .wall)
        let path = try #require(store().path)
        let sound = try String(contentsOfFile: path, encoding: .utf8)
        let deep = String(repeating: "[", count: 100_000)
        for text in [
            "", "{}", "nonsense\u{0}", deep, String(repeating: " ", count: 2 << 20),
            sound.replacing("calibration/1", with: "calibration/9"), sound.replacing("[", with: "[1e400,"),
        ] {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(store().costs(of: .evalframe, clock: .wall) == nil && store().isDamaged)
        }
        try store().keep([.evalframe: costs], clock: .wall)
        #expect(store().costs(of: .evalframe, clock: .wall) == costs)
    }

    @Test func aPipeIsNotWaitedFor() throws {
        try store().keep([.evalframe: costs], clock: .wall)
        let path = try #require(store().path)
        unlink(path)
        mkfifo(path, 0o600)
        #expect(store().costs(of: .evalframe, clock: .wall) == nil)
    }

    @Test func whereNothingCanBeKeptOneLineSaysWhatToDo() throws {
        let error = #expect(throws: RunningError.self) {
            try CalibrationStore(facts, folder: "/proc/nowhere").keep([.evalframe: costs], clock: .wall)
        }
        #expect(error?.line.contains("/proc/nowhere") == true && error?.line.contains("XDG_CACHE_HOME") == true)
    }
}
