import Glibc
import ProfileModel

/// What a figure was measured on and amid: name → value, all text.
public enum EnvironmentAudit {
    public static func take(_ interpreter: Interpreter) -> [String: String] {
        var audit = machine()
        audit["interpreter"] = realPath(interpreter.path)
        audit["hash seed, environment size"] = "random in every run of a comparison"
        return audit
    }

    /// Around a process that ran already: how it was started is not known.
    static func take(_ target: TargetProcess) -> [String: String] {
        var audit = machine()
        audit["interpreter"] = realPath(target.executable)
        audit[Profile.attachedTo] = "process \(target.id)"
        return audit
    }

    /// Of the machine alone.
    public static func machine() -> [String: String] {
        let moment = MachineMoment()
        let audit: [String: String?] = [
            "kernel": kernel(),
            "C library": cLibrary(),
            "processor": cpuModel(),
            "processors": String(sysconf(Int32(_SC_NPROCESSORS_ONLN))),
            "hypervisor": hypervisor(),
            "threads a core": line(of: "/sys/devices/system/cpu/smt/control"),
            "memory": field("MemTotal", of: "/proc/meminfo"),
            "clocksource": line(of: "/sys/devices/system/clocksource/clocksource0/current_clocksource"),
            "governor": line(of: "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
            "frequency": moment.megahertz.map { "\(Int($0)) MHz" },
            "turbo off": line(of: "/sys/devices/system/cpu/intel_pstate/no_turbo"),
            "address-space randomisation": line(of: "/proc/sys/kernel/randomize_va_space"),
            "load before": line(of: "/proc/loadavg").map { $0.split(separator: " ").prefix(3).joined(separator: " ") },
            "stolen since start": moment.steal.map { "\(($0 * 10_000).rounded() / 100) %" },
            "processor limit": ControlGroup.limit("cpu.max"),
            "memory limit": ControlGroup.limit("memory.max"),
        ]
        return audit.compactMapValues { $0 }
    }

    public static func kernel() -> String? {
        var names = utsname()
        guard uname(&names) == 0 else { return nil }
        return withUnsafeBytes(of: names.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    static func cLibrary() -> String {
        var name = [UInt8](repeating: 0, count: 64)
        let length = name.withUnsafeMutableBytes {
            confstr(Int32(_CS_GNU_LIBC_VERSION), $0.baseAddress?.assumingMemoryBound(to: CChar.self), 64)
        }
        return String(decoding: name.prefix(max(0, min(Int(length), 64) - 1)), as: UTF8.self)
    }

    public static func cpuModel() -> String? { field("model name", of: "/proc/cpuinfo") }

    /// That it is a guest, and whose where that is said.
    static func hypervisor() -> String? {
        guard field("flags", of: "/proc/cpuinfo")?.contains(" hypervisor") == true else { return nil }
        return line(of: "/sys/class/dmi/id/sys_vendor") ?? line(of: "/sys/hypervisor/type")
            ?? "one that does not say its name"
    }

    public static func realPath(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    static func line(of path: String) -> String? {
        text(of: path)?.split(separator: "\n").first.map(String.init)
    }

    /// The value of the first line `name : value`.
    static func field(_ name: String, of path: String) -> String? {
        let line = text(of: path)?.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: ":", maxSplits: 1).dropFirst().first.map {
            String($0.drop { $0 == " " || $0 == "\t" })
        }
    }

    /// The kernel's files say that they are empty, so they are read until they end.
    static func text(of path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}

/// What the control group that we are in allows.
enum ControlGroup {
    /// The narrowest of ours and of those around it; `nil` where none limits.
    static func limit(_ name: String) -> String? {
        guard let groups = EnvironmentAudit.text(of: "/proc/self/cgroup"),
            let own = groups.split(separator: "\n").first(where: { $0.hasPrefix("0::") })?.dropFirst(3)
        else { return nil }
        var parts = own.split(separator: "/")
        while true {
            let path = (["/sys/fs/cgroup"] + parts + [Substring(name)]).joined(separator: "/")
            if let limit = EnvironmentAudit.line(of: path), !limit.hasPrefix("max") { return limit }
            if parts.popLast() == nil { return nil }
        }
    }
}
