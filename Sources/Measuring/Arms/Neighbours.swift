import Foundation
import Running

/// Busy processes that want the processors that the profiled program wants, too.
public final class Neighbours {
    private let processes: [Process]

    /// Each ends by itself where this process is no more, however that ended.
    private static let program = """
        import os
        parent = os.getppid()
        while os.getppid() == parent:
            for _ in range(1_000_000):
                pass
        """

    /// - Throws: where they cannot be started.
    public init(_ count: Int, python: String) throws {
        var started: [Process] = []
        do {
            for _ in 0..<count {
                let process = Process()
                process.executableURL = URL(filePath: python)
                process.arguments = ["-c", Self.program]
                try process.run()
                started.append(process)
            }
        } catch {
            Self.end(started)
            throw RunningError.failed(
                "cannot start a busy process with \(python): \(error.localizedDescription); name another with --python")
        }
        processes = started
    }

    /// Of the processes.
    public var identifiers: [Int32] { processes.map(\.processIdentifier) }

    deinit { Self.end(processes) }

    /// By the signal that no process can hold back: a child inherits the signals that this process blocks.
    private static func end(_ processes: [Process]) {
        for process in processes { kill(process.processIdentifier, SIGKILL) }
        for process in processes { process.waitUntilExit() }
    }
}
