import FoundationEssentials
import Glibc

/// The machine and the interpreter that the figures hold for.
func surroundings(of programs: Programs, with starter: some Starter) async throws -> [String: String] {
    let version = "import platform; print(platform.python_implementation(), platform.python_version())"
    let python = try await starter.succeed(Command(executable: programs.python, arguments: ["-c", version]))
    return [
        "python": python.output.trimmed,
        "interpreter": programs.python,
        "kernel": contents(of: "/proc/sys/kernel/osrelease"),
        "processor": field("model name", in: contents(of: "/proc/cpuinfo")),
        "processors": String(sysconf(Int32(_SC_NPROCESSORS_ONLN))),
        "load": contents(of: "/proc/loadavg"),
        "date": Date.now.formatted(.iso8601),
    ]
}

private func contents(of path: String) -> String {
    ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "unknown").trimmed
}

/// The value of the first line `name : value`.
private func field(_ name: String, in text: String) -> String {
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return line.flatMap { $0.split(separator: ":").last.map(String.init) }?.trimmed ?? "unknown"
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
