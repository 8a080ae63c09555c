import Glibc
import ProfileFormats

/// Where what was captured is kept when it cannot go where it was wanted: `$XDG_STATE_HOME/swprof`, or
/// `~/.local/state/swprof`, or else the folder for temporary files.
public enum KeptFiles {
    /// Moves a file there.
    ///
    /// - Returns: its new path; `nil` where no place takes it.
    static func keep(_ path: String) -> String? {
        guard let bytes = try? FileReading.bytes(of: path) else { return nil }
        return keep(bytes, ending: ".swlog")
    }

    /// Writes bytes to a new file there.
    ///
    /// - Returns: its path; `nil` where no place takes it.
    public static func keep(_ bytes: [UInt8], ending: String) -> String? {
        for folder in folders {
            makeFolders(folder)
            if let path = write(bytes, in: folder, ending: ending) { return path }
        }
        return nil
    }

    private static var folders: [String] {
        let state = text("XDG_STATE_HOME") ?? text("HOME").map { $0 + "/.local/state" }
        return [state.map { $0 + "/swprof" }, PrivateFolder.base].compactMap { $0 }
    }

    private static func text(_ variable: String) -> String? {
        getenv(variable).flatMap { String(validatingCString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }

    private static func makeFolders(_ path: String) {
        var at = ""
        for part in path.split(separator: Character("/")) {
            at += "/" + part
            mkdir(at, 0o700)
        }
    }

    private static func write(_ bytes: [UInt8], in folder: String, ending: String) -> String? {
        var template = Array("\(folder)/kept-XXXXXX\(ending)".utf8CString)
        let file = mkstemps(&template, Int32(ending.utf8.count))
        guard file >= 0 else { return nil }
        close(file)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            try FileBytes.write(bytes, to: path)
            return path
        } catch {
            unlink(path)
            return nil
        }
    }
}
