import ProfileModel

/// The accounts of several runs together, without what every run of an interpreter has.
struct ProcessBalance {
    private(set) var runs = 0
    private(set) var seen = 0.0
    private(set) var before = 0.0
    private(set) var after = 0.0
    private(set) var lost = 0.0
    private(set) var unseen = 0.0
    private(set) var children = 0.0
    private(set) var others = 0.0
    private(set) var unknown = 0.0
    private(set) var childProcesses = 0
    private(set) var otherThreads = 0
    private(set) var logEndedEarly = false
    private(set) var followsChildren = false
    private var cpu = 0.0
    private var cpuAfter = 0.0

    /// What starting an interpreter takes at most, in seconds: no program of its own is run in it.
    private static let usualStart = 0.1
    /// What the clocks of threads, read one after the other, may be behind the process's, in seconds.
    private static let usualRest = 0.001
    /// The same where the program decides when a thread is looked at, and so for the last time.
    private static let restUnderGIL = 0.05
    /// What a log may be behind its program at most, where it was not ended in good order.
    private static let usualDelay = 0.15

    init(_ profiles: [Profile]) {
        for profile in profiles {
            runs += profile.account == nil ? 0 : 1
            followsChildren = followsChildren || !profile.processes.isEmpty
            lost += Self.secondsLost(profile)
            unseen += Self.secondsUnseen(profile)
            for account in profile.accounts {
                add(account, profile.instantsAreOwn ? Self.usualRest : Self.restUnderGIL)
            }
        }
    }

    private mutating func add(_ account: ProcessAccount, _ usualRest: Double) {
        seen += Double(max(0, account.end - account.start)) / 1e9
        if let start = account.secondsBefore, start > Self.usualStart { before += start }
        if let end = account.secondsAfter, end > (account.isClosed ? ProcessAccount.usualEnd : 0) {
            after += end
            cpuAfter += account.cpuSecondsAfter
            if !account.isClosed, end > Self.usualDelay { logEndedEarly = true }
        }
        cpu += account.cpuSeconds
        children += account.childCPUSeconds
        others += account.otherCPUSeconds
        childProcesses += account.childProcesses
        otherThreads += account.otherThreads
        if let followed = account.followedCPUSeconds {
            let rest = account.cpuSeconds - account.otherCPUSeconds - followed
            if rest > usualRest { unknown += rest }
        }
    }

    /// What a tracer says of itself where a program took its hook from a thread, or refused it.
    static let losses: Set<String> = ["profile-function-replaced", "trace-function-replaced", "hook-refused"]

    /// Wall time without a traced thread, in seconds. Others may have lost their hooks meanwhile: it is so much at the least.
    private static func secondsLost(_ profile: Profile) -> Double {
        guard profile.kind == .tracing, let account = profile.account,
            profile.caveats.contains(where: { losses.contains($0.code) })
        else { return 0 }
        let traced = profile.threads.map(\.nanoseconds).max() ?? 0
        return Double(max(0, account.end - account.start - traced)) / 1e9
    }

    /// Wall time of a sampler's run of which no tick saw anything, in seconds.
    private static func secondsUnseen(_ profile: Profile) -> Double {
        guard profile.samples.isEmpty, let ledger = profile.ledger, ledger.due > 0, let account = profile.account else {
            return 0
        }
        return Double(max(0, account.end - account.start)) / 1e9
    }

    var wallUnaccounted: Double { before + after + lost + unseen }
    var cpuUnaccounted: Double { children + others + unknown + cpuAfter }

    func part(ofCPU seconds: Double) -> Double { Self.part(seconds, of: cpu + children + cpuAfter) }
    func part(ofWall seconds: Double) -> Double { Self.part(seconds, of: seen + before + after) }

    private static func part(_ seconds: Double, of all: Double) -> Double { all > 0 ? min(1, seconds / all) : 0 }
}
