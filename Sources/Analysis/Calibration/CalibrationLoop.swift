/// A loop of the calibrating program: what it calls, and how.
struct CalibrationLoop: Hashable {
    enum Kind: String {
        /// Calls nothing.
        case none
        case python, c
        /// Python with every statement of the body on a line of its own.
        case line
        /// A program with a known answer, from which nothing is learned.
        case check
    }

    var kind: Kind
    var shape: String
    /// Of the callee's body, in the shape's own unit.
    var length: Int

    /// From `python_map_8`; `nil` for anything else.
    init?(_ name: some StringProtocol) {
        let parts = name.split(separator: "_")
        guard parts.count == 3, let kind = Kind(rawValue: String(parts[0])), let length = Int(parts[2]) else {
            return nil
        }
        (self.kind, shape, self.length) = (kind, String(parts[1]), length)
    }
}
