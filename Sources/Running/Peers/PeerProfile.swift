import Glibc
import ProfileModel

extension Profile {
    /// For tools that count samples and tell no times: each stands for one interval.
    mutating func countSamples(at rate: Double) {
        self.rate = rate
        secondsAreKnown = true
        caveats.removeAll { $0.code == "seconds-unknown" }
        let interval = Int64((1e9 / rate).rounded())
        for index in threads.indices { threads[index].nanoseconds = 0 }
        for index in samples.indices {
            let (time, overflows) = samples[index].count.multipliedReportingOverflow(by: interval)
            samples[index].nanoseconds = overflows ? 0 : time
            threads[samples[index].thread].nanoseconds += samples[index].nanoseconds
        }
    }

    /// Names files as the interpreter does, by whole paths, where a tool names them as they were typed, or by their
    /// last part alone: so that functions are the same functions for all tools.
    ///
    /// - Parameter script: the program's, where it is one.
    mutating func nameFilesInFull(script: String?) {
        let script = script.flatMap(Self.fullPath)
        for index in functions.indices {
            guard let file = functions[index].file, !file.hasPrefix("/"), !file.hasPrefix("<") else { continue }
            if let script, script.hasSuffix("/" + file) {
                functions[index].file = script
            } else if let path = Self.fullPath(file) {
                functions[index].file = path
            }
        }
    }

    /// Of a file that is there; links are kept, as the interpreter keeps them.
    private static func fullPath(_ path: String) -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        if path.hasPrefix("/") { return path }
        guard let folder = getcwd(nil, 0) else { return nil }
        defer { free(folder) }
        var parts: [Substring] = []
        for part in (String(cString: folder) + "/" + path).split(separator: "/") where part != "." {
            if part == ".." { parts = parts.dropLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
