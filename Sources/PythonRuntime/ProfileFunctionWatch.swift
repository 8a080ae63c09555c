import CPython

/// Learns when anyone sets a profile function, through an audit hook (PEP 578). Such a hook stays
/// until the interpreter ends, so there is one for all sessions.
final class ProfileFunctionWatch: @unchecked Sendable {
    // Used with the GIL only.
    static let shared = ProfileFunctionWatch()
    private var onChange: (() -> Void)?
    private var isHooked = false

    func begin(_ onChange: @escaping () -> Void) {
        self.onChange = onChange
        if !isHooked { isHooked = PySys_AddAuditHook(onAudit, nil) == 0 }
    }

    func end() { onChange = nil }

    fileprivate func profileFunctionChanged() { onChange?() }
}

private func onAudit(_ event: UnsafePointer<CChar>?, _ arguments: Object?, _ data: UnsafeMutableRawPointer?) -> Int32 {
    if let event, isSetProfile(event) { ProfileFunctionWatch.shared.profileFunctionChanged() }
    return 0
}

/// Every audited event of the program comes by, so the first letters decide most.
private func isSetProfile(_ event: UnsafePointer<CChar>) -> Bool {
    let name: StaticString = "sys.setprofile"
    for at in 0...name.utf8CodeUnitCount where UInt8(bitPattern: event[at]) != name.utf8Start[at] { return false }
    return true
}
