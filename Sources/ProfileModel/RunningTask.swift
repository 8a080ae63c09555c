/// The asyncio task that a thread runs.
public enum RunningTask: Hashable, Sendable {
    /// By its name, which several tasks may have.
    case named(String)
    /// There may be one, or none: it could not be told.
    case unknown

    public var name: String? {
        if case .named(let name) = self { return name }
        return nil
    }
}
