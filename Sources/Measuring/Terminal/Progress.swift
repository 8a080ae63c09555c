/// One line on the terminal that says how far a long work is; nothing in a pipe.
public struct Progress: Sendable {
    private let total: Int

    /// - Parameter total: rounds; 0 where they are not counted.
    public init(total: Int = 0) { self.total = total }

    public func show(round: Int, arm: String) { show("round \(round) of \(total): \(arm)") }

    public func show(_ text: String) { Terminal.show(text) }

    public func clear() { Terminal.show("") }
}
