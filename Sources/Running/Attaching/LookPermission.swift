/// Whether the system lets us look into processes that we did not start (ptrace(2), "Ptrace access mode checking").
enum LookPermission {
    /// What Yama allows, as the kernel has it: 0 for all of the same user, more for fewer; `nil` where there is no Yama.
    static var scope: String? { EnvironmentAudit.line(of: "/proc/sys/kernel/yama/ptrace_scope") }

    /// Whether a process of our own user may be looked into.
    static var isGiven: Bool {
        switch scope.flatMap({ Int($0) }) ?? 0 {
        case 0: true
        case 1, 2: isCapable
        default: false
        }
    }

    /// `CAP_SYS_PTRACE`, the 20th of the capabilities in effect.
    static var isCapable: Bool {
        let effective = EnvironmentAudit.field("CapEff", of: "/proc/self/status").flatMap { UInt64($0, radix: 16) }
        return (effective ?? 0) & 1 << 19 != 0
    }
}
