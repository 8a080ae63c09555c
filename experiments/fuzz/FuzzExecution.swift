import Foundation
import ProfileFormats

/// Reads files of one kind, each within bounds of time and memory.
struct FuzzExecution {
    /// Sound files of this size take a millisecond; what takes a thousand times that grows faster than the file.
    private var longest: Double { kind == "log" ? 10 : 2 }
    /// Seconds after which the kernel ends a process that hangs.
    private static let patience: UInt32 = 30
    /// Megabytes by which one file of 64 KB may raise the peak. A log may tell of ten million ticks that are missing, which take their
    /// time, too.
    private var most: Int { kind == "log" ? 1_024 : 256 }
    private static let shown = 10

    let place: String
    private let kind: String
    private let seeds: [[UInt8]]
    /// What is being read, in a mapping that outlives the process.
    private let kept: UnsafeMutableRawPointer
    private static let room = 1 << 17

    init(_ kind: String, _ seeds: [[UInt8]], folder: String) throws {
        (self.kind, self.seeds, place) = (kind, seeds, "\(folder)/\(kind)")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = open(place, O_RDWR | O_CREAT | O_TRUNC, 0o644)
        guard file >= 0, ftruncate(file, Self.room) == 0,
            let kept = mmap(nil, Self.room, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), kept != MAP_FAILED
        else {
            throw FormatError("cannot write \(place)", remedy: "call it in the project's own folder")
        }
        close(file)
        self.kept = kept
    }

    /// What went wrong, a line each.
    func run(_ plan: FuzzPlan) -> [String] {
        var mutator = FuzzMutator(kind, seeds, seed: plan.seed)
        var (findings, sound, done): ([String], Int, Int) = ([], 0, 0)
        let begin = Self.now
        for seed in seeds where !read(seed, number: 0) { findings.append("\(kind): a seed is not read") }
        while done < plan.executions, Self.now - begin < plan.seconds {
            let bytes = mutator.next()
            let (start, peak) = (Self.now, Self.peakMegabytes)
            if read(bytes, number: done) { sound += 1 }
            done += 1
            let (seconds, grown) = (Self.now - start, Self.peakMegabytes - peak)
            guard seconds > longest || grown > most else { continue }
            findings.append(keep(bytes, "number \(done) took \(seconds) s and \(grown) MB more", findings.count))
        }
        let seconds = Int(Self.now - begin)
        Fuzz.say("\(kind): \(done) read in \(seconds) s, \(sound) sound, peak \(Self.peakMegabytes) MB")
        return findings
    }

    /// Whether a profile came of it. Of some files the content has to tell the format, and some profiles are written again.
    private func read(_ bytes: [UInt8], number: Int) -> Bool {
        keep(bytes)
        alarm(Self.patience)
        defer { alarm(0) }
        let format = number % 4 == 0 ? nil : FormatName(rawValue: kind)
        do {
            let profile = try ProfileFormat.read(bytes, as: format, path: "x")
            guard number % 16 == 1 else { return true }
            let other = ProfileFormat.writable[number / 16 % ProfileFormat.writable.count]
            _ = try? ProfileFormat.convert(profile, to: other)
            return true
        } catch {
            return false
        }
    }

    private func keep(_ bytes: [UInt8]) {
        let length = min(bytes.count, Self.room - 8)
        kept.storeBytes(of: UInt64(length), as: UInt64.self)
        bytes.withUnsafeBytes { from in
            guard let start = from.baseAddress else { return }
            kept.advanced(by: 8).copyMemory(from: start, byteCount: length)
        }
    }

    private func keep(_ bytes: [UInt8], _ words: String, _ number: Int) -> String {
        guard number < Self.shown else { return "\(kind): \(words)" }
        let path = "\(place).\(number)"
        try? Data(bytes).write(to: URL(fileURLWithPath: path))
        return "\(kind): \(words): \(path)"
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static var peakMegabytes: Int {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return usage.ru_maxrss / 1_024
    }
}
