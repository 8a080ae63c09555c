/// What a sampler's sample says beside its stack. Millions of samples share few notes.
public final class SampleNote: Sendable, Hashable {
    /// CPython's name of the instruction on top, such as `CALL`; `nil` where it is not known.
    public let opcode: String?
    /// What the function on top was calling in C, or the interpreter doing for it, by its qualified name; `nil` for neither, and
    /// where it is not known. A sampler names it beside the stack, whose times so stay what they are without: its caller's.
    public let called: String?
    /// The task that its thread ran; `nil` where it ran none, or the program has none.
    public let task: RunningTask?

    /// `nil` where there is nothing to say.
    public init?(opcode: String? = nil, called: String? = nil, task: RunningTask? = nil) {
        if opcode == nil, called == nil, task == nil { return nil }
        (self.opcode, self.called, self.task) = (opcode, called, task)
    }

    public static func == (a: SampleNote, b: SampleNote) -> Bool {
        a === b || a.opcode == b.opcode && a.called == b.called && a.task == b.task
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(opcode)
        hasher.combine(called)
        hasher.combine(task)
    }
}

/// Keeps one note of each content, for all samples that say the same.
public struct SampleNotes {
    private var notes: Set<SampleNote> = []

    public init() {}

    public mutating func shared(_ note: SampleNote?) -> SampleNote? { note.map { notes.insert($0).memberAfterInsert } }
}
