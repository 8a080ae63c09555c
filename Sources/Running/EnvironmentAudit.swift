import Glibc

/// What a figure was measured on and amid: name → value, all text.
public enum EnvironmentAudit {
    public static func take(_ interpreter: Interpreter) -> [String: String] {
        var audit: [String: String?] = [
            "kernel": kernel(),
            "processor": cpuModel(),
            "processors": String(sysconf(Int32(_SC_NPROCESSORS_ONLN))),
            "clocksource": line(of: "/sys/devices/system/clocksource/clocksource0/current_clocksource"),
            "governor": line(of: "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
            "turbo off": line(of: "/sys/devices/system/cpu/intel_pstate/no_turbo"),
            "address-space randomisation": line(of: "/proc/sys/kernel/randomize_va_space"),
            "load before": line(of: "/proc/loadavg").map { $0.split(separator: " ").prefix(3).joined(separator: " ") },
            "interpreter": realPath(interpreter.path),
        ]
        audit["hash seed, environment size"] = "random in every run of a comparison"
        return audit.compactMapValues { $0 }
    }

    static func kernel() -> String? {
        var names = utsname()
        guard uname(&names) == 0 else { return nil }
        return withUnsafeBytes(of: names.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    static func cpuModel() -> String? {
        guard let text = text(of: "/proc/cpuinfo") else { return nil }
        let lines = text.split(separator: "\n")
        return lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last.map { $0.drop { $0 == " " } }.map(String.init)
    }

    static func realPath(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    static func line(of path: String) -> String? {
        text(of: path)?.split(separator: "\n").first.map(String.init)
    }

    /// The kernel's files say that they are empty, so they are read until they end.
    private static func text(of path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
