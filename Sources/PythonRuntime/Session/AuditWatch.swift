import CPython

/// Learns of what the program does that is audited (PEP 578). Such a hook stays until the interpreter ends, so there
/// is one for all sessions.
final class AuditWatch: @unchecked Sendable {
    // Used with the GIL only.
    static let shared = AuditWatch()
    private var watched: [(event: StaticString, onEvent: () -> Void)] = []
    private var isHooked = false

    /// Hears from now on of hooks that the program adds.
    func begin() {
        if !isHooked { isHooked = ProgramsAuditHooks.add(onAudit) }
    }

    /// Has `onEvent` called at each event of that name until `end`.
    func begin(_ event: StaticString, _ onEvent: @escaping () -> Void) {
        watched.append((event, onEvent))
        // A program that profiles a block of its own may have hooks by now.
        if !isHooked { ProgramsAuditHooks.learnPlace() }
        begin()
    }

    func end() { watched = [] }

    fileprivate func tell(_ event: UnsafePointer<CChar>) {
        for (name, onEvent) in watched where isSame(event, name) { onEvent() }
        if isSame(event, "sys.addaudithook") { ProgramsAuditHooks.learnPlace() }
    }

    /// Every audited event of the program comes by, so the first letters decide most.
    private func isSame(_ event: UnsafePointer<CChar>, _ name: StaticString) -> Bool {
        for at in 0...name.utf8CodeUnitCount where UInt8(bitPattern: event[at]) != name.utf8Start[at] { return false }
        return true
    }
}

private func onAudit(_ event: UnsafePointer<CChar>?, _: Object?, _: UnsafeMutableRawPointer?) -> Int32 {
    if let event { AuditWatch.shared.tell(event) }
    return 0
}
