import Glibc

/// A file that a process has in its memory, as `/proc` tells of it.
struct LoadedFile {
    /// Where its first part is.
    var base: UInt
    private var device: String
    private var inode: UInt

    /// The file that is at an address of a process, or that ends before it: what a file's data grow into has no name.
    init?(at address: UInt, of process: pid_t) {
        var found: LoadedFile?
        Self.forEach(of: process) { file in
            guard file.base <= address else { return }
            if found?.isSame(as: file) != true { found = file }
        }
        guard let found else { return nil }
        self = found
    }

    /// Where another process has the same file first.
    func base(in process: pid_t) -> UInt? {
        var base: UInt?
        Self.forEach(of: process) { if base == nil, $0.isSame(as: self) { base = $0.base } }
        return base
    }

    private func isSame(as other: LoadedFile) -> Bool { inode == other.inode && device == other.device }

    /// Every named part of a process's memory, in the order of their addresses.
    private static func forEach(of process: pid_t, _ body: (LoadedFile) -> Void) {
        guard let lines = fopen("/proc/\(process)/maps", "re") else { return }
        defer { fclose(lines) }
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 8192) { line in
            guard let text = line.baseAddress else { return }
            while fgets(text, 8192, lines) != nil { if let file = LoadedFile(line: text) { body(file) } }
        }
    }

    /// - Parameter line: such as `7f0000000000-7f0000001000 r-xp 00001000 08:01 1234  /usr/bin/python3.11`.
    private init?(line: UnsafeMutablePointer<CChar>) {
        base = UInt(strtoul(line, nil, 16))
        guard let device = Self.field(3, of: line), let number = Self.field(4, of: line) else { return nil }
        self.device = String(cString: device).prefix { $0 != " " }.description
        inode = UInt(strtoul(number, nil, 10))
        if inode == 0 { return nil }
    }

    private static func field(_ number: Int, of line: UnsafeMutablePointer<CChar>) -> UnsafeMutablePointer<CChar>? {
        var at = line
        for _ in 0..<number {
            guard let blank = strchr(at, 0x20) else { return nil }
            at = blank + 1
        }
        return at
    }
}
