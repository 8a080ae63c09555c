/// What the shares of a run that is being watched are of.
public enum LiveView: String, Sendable, CaseIterable {
    case function, line, thread
}
