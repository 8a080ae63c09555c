import Glibc
import Testing

@testable import Running

@Suite struct StartedProcessTests {
    /// What a process lists as open beside its standard streams and the folder that it reads.
    private func descriptorsOfAProcess() throws -> [Int32] {
        let path = "/tmp/swprof-descriptors-\(getpid())"
        let file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        defer {
            close(file)
            unlink(path)
        }
        var setting = StartedProcess.Setting()
        setting.streams[1] = .descriptor(file)
        let listing =
            "import os; print(*[n for n in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}')])"
        let words = ["-c", listing].map { Array($0.utf8) + [0] }
        let process = try StartedProcess("/usr/bin/python3", words: words, environment: [], setting)
        #expect(process.end().status == .exited(0))
        let text = String(decoding: try FileReading.bytes(of: path), as: UTF8.self)
        return text.split { $0.isWhitespace }.compactMap { Int32($0) }.filter { $0 > 2 }
    }

    @Test func whatWeHaveOpenedIsNotHandedDown() throws {
        let inherited = try #require(Inheritance.own.descriptors)
        // As libraries do that do not say that it is to be closed. Numbers that other tests had then may be free again.
        let opened = (0..<128).map { _ in open("/dev/null", O_RDONLY) }
        defer { opened.forEach { close($0) } }
        let ours = Set(opened).subtracting(inherited)
        #expect(!ours.isEmpty)
        let handedDown = try descriptorsOfAProcess()
        #expect(ours.isDisjoint(with: handedDown))
    }
}
