import Glibc

/// A command on the PATH that is a Python script, such as those that come with packages.
public struct InstalledCommand: Sendable {
    /// The script.
    public let path: String
    /// The Python that its first lines name, which has the package that it starts.
    public let interpreter: String?

    /// `nil` where no command has that name.
    ///
    /// Throws where a command has it and is no Python script.
    init?(_ name: String) throws(RunningError) {
        guard !name.contains("/"), let path = Interpreter.find(name) else { return nil }
        guard let python = Self.python(inHead: Self.head(of: path)) else {
            throw .usage("'\(path)' is no Python script; give the path of one, or -m \(name) for a module")
        }
        self.path = path
        interpreter = python.contains("/") ? python : Interpreter.find(python)
    }

    /// The Python that starts a script as a command, wherever it is: one that may be executed, and has no ending.
    static func interpreter(ofScript path: String) -> String? {
        guard path.split(separator: "/").last?.contains(".") == false, access(path, X_OK) == 0,
            let python = python(inHead: head(of: path))
        else { return nil }
        return python.contains("/") ? python : Interpreter.find(python)
    }

    /// What a script's first lines have it started by: `nil` where that is no Python.
    ///
    /// Installers write `#!/bin/sh` and, on the second line, the Python in quotes after `exec`, where its path is long or
    /// has blanks.
    static func python(inHead head: String) -> String? {
        let lines = head.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard let first = lines.first, first.hasPrefix("#!") else { return nil }
        let words = first.dropFirst(2).split(separator: " ").map(String.init)
        let startsOther = words.first?.hasSuffix("/env") == true
        let named = startsOther ? words.dropFirst().first { !$0.hasPrefix("-") } : words.first
        if let named, isPython(named) { return named }
        guard lines.count > 1, lines[1].hasPrefix("'''exec' ") else { return nil }
        let rest = lines[1].dropFirst("'''exec' ".count)
        let quoted = rest.hasPrefix("\"") ? rest.dropFirst().prefix { $0 != "\"" } : rest.prefix { $0 != " " }
        return isPython(String(quoted)) ? String(quoted) : nil
    }

    private static func isPython(_ path: String) -> Bool {
        path.split(separator: "/").last?.hasPrefix("python") == true
    }

    private static func head(of path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        let bytes = [UInt8](unsafeUninitializedCapacity: 1024) { buffer, count in
            count = fread(buffer.baseAddress, 1, buffer.count, file)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
