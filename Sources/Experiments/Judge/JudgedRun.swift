import Analysis
import Measuring
import ProfileModel

/// One run of a program of the battery: what it says of itself, and what the tool says of it.
public struct JudgedRun: Sendable, Codable, Equatable {
    public var round: Int
    /// Wall time of the process, and CPU time of it and the children that it waited for.
    public var seconds: Double
    public var cpuSeconds: Double
    /// What the program says is true of this very run; `nil` of one that says nothing.
    public var truth: Truth?
    /// Of the functions whose truth is known; `nil` of an unprofiled run, and where the tool reports no such figures.
    public var reported: ReportedShares?
    public var stacks: ImpossibleStacks?
    /// How the tool accounts for its samples, where it does.
    public var ledger: Ledger?
    /// Why the run gave no profile, as the end of a sentence.
    public var failure: String?
    /// Whether it was ended because its time was over.
    public var isOverTime = false
    /// Why the profile gives no shares, and whether that is for what its tool never tells.
    public var silence: String?
    public var isSilentByNature = false

    public init(round: Int, seconds: Double, cpuSeconds: Double, truth: Truth? = nil, failure: String? = nil) {
        (self.round, self.seconds, self.cpuSeconds) = (round, seconds, cpuSeconds)
        (self.truth, self.failure) = (truth, failure)
    }

    /// Holds a profile against what the program says.
    ///
    /// - Parameter script: the path of the program.
    public mutating func read(_ profile: Profile, script: String) {
        ledger = profile.ledger
        guard let truth else { return }
        do throws(AnalysisError) {
            reported = try ReportedShares(profile, within: truth.within).of(truth.shares.keys)
        } catch {
            (silence, isSilentByNature) = (error.description, profile.inclusive != nil)
        }
        let file = script.split(separator: "/").last.map(String.init) ?? script
        stacks = truth.calls.flatMap { ImpossibleStacks(profile, $0, script: file) }
    }
}
