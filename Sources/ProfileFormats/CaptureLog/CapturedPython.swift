import Capture

/// The Pythons whose capture logs are read.
public typealias CapturedPython = Capture.SupportedPython

extension CapturedPython {
    /// - Parameter version: such as `3.11.2`.
    public init?(version: String) {
        let parts = version.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, parts[0] == "3", let minor = Int(parts[1]) else { return nil }
        self.init(rawValue: minor)
    }
}
