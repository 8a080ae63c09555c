import ProfileModel

/// How much longer a program takes while it is recorded.
public struct RecordingCost: Sendable {
    /// Wall time of the process, in seconds: recorded, and as it is.
    private let recorded: Double
    private let control: Double
    /// How long the program stood still for its events to be written; that is no part of the timeline.
    private let pauses: Double
    private let isSame: Bool

    /// - Parameter isSame: whether both runs ended alike.
    public init(recorded: Double, control: Double, pauses: Double, isSame: Bool) {
        (self.recorded, self.control, self.pauses, self.isSame) = (recorded, control, pauses, isSame)
    }

    public var caveat: Caveat {
        let ratio = control > 0 ? ", \(Decimals.fixed(recorded / control, 2) ?? "") times as long" : ""
        let times =
            "Recorded, the program took \(seconds(recorded)), and \(seconds(control)) in a run as it is\(ratio); \(seconds(pauses)) of it is writing, which the timeline leaves out."
        return Caveat(
            code: "recording-stretch",
            text: isSame ? times : times + " The two runs ended differently, so they say little about each other.")
    }

    private func seconds(_ value: Double) -> String { (Decimals.fixed(value, 3) ?? "") + " s" }
}
