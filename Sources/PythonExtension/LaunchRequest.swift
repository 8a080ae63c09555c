import Glibc
import PythonRuntime

/// What `swprof run` asks of the interpreter that it launched.
struct LaunchRequest {
    var settings = SessionSettings()
    /// The folder that it was launched from.
    var folder = ""
    /// Why the settings cannot be followed.
    var error: SessionError?

    /// Reads `SWPROF_LAUNCH`, which holds pairs `key=value`, apart by a control character.
    init() {
        guard var at = UnsafePointer(getenv("SWPROF_LAUNCH")) else { return }
        while at.pointee != 0 {
            let length = strcspn(at, "\u{1f}")
            let equals = strcspn(at, "=")
            if equals < length { take(text(at, equals), text(at + equals + 1, length - equals - 1)) }
            at += length
            if at.pointee != 0 { at += 1 }
        }
    }

    private mutating func take(_ key: String, _ value: String) {
        if key == "folder" { folder = value }
        do { try settings.take(key, value) } catch { self.error = error }
    }

    private func text(_ start: UnsafePointer<CChar>, _ length: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
}
