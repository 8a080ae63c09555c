import ProfileFormats
import ProfileModel

/// austin, which reads another process's frames while that runs on.
struct AustinPeer: Peer {
    let kind = Kind.sampling
    let package: String? = "austin-dist"
    let tool: String? = "austin"
    let format = FormatName.collapsed

    func words(_ launch: PeerLaunch) throws(PeerFailure) -> [[UInt8]] {
        let microseconds = Int(max(1, (launch.interval * 1e6).rounded()))
        // Asleep is what spends no CPU time.
        let sleepless = launch.clock == .cpu ? ["-s"] : []
        return PeerLaunch.bytes(["-i", "\(microseconds)us"] + sleepless + ["-o", launch.output]) + launch.command
    }

    func complete(_ profile: inout Profile, _ launch: PeerLaunch) {
        profile.clock = launch.clock
        profile.rate = launch.rate
    }
}
