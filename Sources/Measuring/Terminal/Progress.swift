/// One line on the terminal that says how far a long work is; nothing in a pipe.
public struct Progress: Sendable {
    private let total: Int
    private let began = ContinuousClock.now

    /// - Parameter total: rounds; 0 where they are not counted.
    public init(total: Int = 0) { self.total = total }

    public func show(round: Int, arm: String) { show("round \(round) of \(total): \(arm)") }

    /// The same, with the time that is left.
    ///
    /// - Parameters:
    ///   - done: runs since this began.
    ///   - all: the runs that there will be.
    public func show(round: Int, arm: String, done: Int, of all: Int) {
        let left = Self.left(done: done, of: all, seconds: (ContinuousClock.now - began) / .seconds(1))
        show("round \(round) of \(total): \(arm)" + (left.map { ", \($0) left" } ?? ""))
    }

    public func show(_ text: String) { Terminal.show(text) }

    public func clear() { Terminal.show("") }

    /// How long the rest takes if it goes on as so far, such as `about 3 min`; `nil` before anything is done.
    static func left(done: Int, of all: Int, seconds: Double) -> String? {
        guard done > 0 else { return nil }
        let rest = seconds / Double(done) * Double(max(0, all - done))
        let (size, unit) = rest < 90 ? (1.0, "s") : rest < 5400 ? (60, "min") : (3600, "h")
        return "about \(Int((rest / size).rounded(.up))) \(unit)"
    }
}
