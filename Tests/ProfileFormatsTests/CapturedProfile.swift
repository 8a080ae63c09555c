import Capture
import Glibc
import ProfileModel
import Testing

@testable import ProfileFormats

/// Writes a capture log as a design would, and reads it back.
///
/// - Parameter bytes: how much of the last record, before the zeros that follow it, is cut off.
func profile(_ facts: [String: String], _ records: [LogRecord], cutBy bytes: Int = 0, samples: Bool = true)
    throws -> Profile
{
    let path = "/tmp/swprof-test-\(getpid())-\(UInt64.random(in: 0 ... .max)).swlog"
    defer { unlink(path) }
    let log = try #require(LogWriter(path: path))
    for (key, value) in facts { log.append(.fact(key: key, value: value)) }
    for record in records { log.append(record) }
    log.close()
    let whole = try FileBytes.read(path)
    guard bytes > 0, let last = whole.lastIndex(where: { $0 != 0 }) else {
        return try CaptureLogReader.read(whole, samples: samples)
    }
    return try CaptureLogReader.read(Array(whole[...(last - bytes)]))
}
