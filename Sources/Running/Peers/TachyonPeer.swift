import ProfileFormats
import ProfileModel

/// CPython's own sampler, which reads another process's frames while that runs on.
struct TachyonPeer: Peer {
    let kind = Kind.sampling
    let package: String? = nil
    let format = FormatName.collapsed
    let oldestPython = 15

    func words(_ launch: PeerLaunch) throws(PeerFailure) -> [[UInt8]] {
        let rate = String(Int(max(1, launch.rate.rounded())))
        return try launch.words(
            [
                "-m", "profiling.sampling", "run", "-r", rate, "-a", "--mode", launch.clock.rawValue, "--collapsed",
                "-o", launch.output,
            ],
            kinds: [.script, .module])
    }

    func complete(_ profile: inout Profile, _ launch: PeerLaunch) {
        profile.clock = launch.clock
        profile.countSamples(at: max(1, launch.rate.rounded()))
        profile.caveats.append(
            Caveat(
                code: "files-without-folders",
                text: "Tachyon's stacks name files without their folders: only the program's own is known for certain.")
        )
    }
}
