import ProfileFormats
import ProfileModel

/// py-spy, which reads another process's frames while that is stopped.
struct PySpyPeer: Peer {
    let kind = Kind.sampling
    let package: String? = "py-spy"
    let tool: String? = "py-spy"
    let format = FormatName.collapsed

    func words(_ launch: PeerLaunch) throws(PeerFailure) -> [[UInt8]] {
        // It tells idle threads from others; with both, a thread's life is its time.
        let idle = launch.clock == .wall ? ["--idle"] : []
        let rate = String(Int(max(1, launch.rate.rounded())))
        return PeerLaunch.bytes(
            ["record", "-r", rate, "-f", "raw", "--full-filenames"] + idle + ["-o", launch.output, "--"])
            + launch.command
    }

    func complete(_ profile: inout Profile, _ launch: PeerLaunch) {
        profile.clock = launch.clock
        profile.countSamples(at: max(1, launch.rate.rounded()))
    }
}
