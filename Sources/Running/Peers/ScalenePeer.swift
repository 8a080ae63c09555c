import ProfileFormats
import ProfileModel

/// Scalene, of processor time alone: it looks where the interpreter handles its signal.
struct ScalenePeer: Peer {
    let kind = Kind.sampling
    let package: String? = "scalene"
    let format = FormatName.scalene

    func words(_ launch: PeerLaunch) throws(PeerFailure) -> [[UInt8]] {
        try launch.check([.script])
        let own = [
            "-m", "scalene", "run", "--cpu-only", "--cpu-sampling-rate", "\(launch.interval)",
            "--cpu-percent-threshold", "0",
            "--outfile", launch.output,
        ]
        let program = launch.programWords
        let arguments = program.count > 1 ? PeerLaunch.bytes(["---"]) + program.dropFirst() : []
        return PeerLaunch.bytes(own) + program.prefix(1) + arguments
    }

    func complete(_ profile: inout Profile, _ launch: PeerLaunch) {
        profile.rate = launch.rate
        profile.instantsAreOwn = false
        profile.caveats.append(
            Caveat(
                code: "own-files-only",
                text:
                    "Scalene tells of the files beside the program alone; the time of all others is not in its shares.")
        )
    }
}
