import ProfileFormats
import ProfileModel

/// yappi, a tracer of all threads, without C functions, as its command line has it.
struct YappiPeer: Peer {
    let kind = Kind.tracing
    let package: String? = "yappi"
    let format = FormatName.pstats

    func words(_ launch: PeerLaunch) throws(PeerFailure) -> [[UInt8]] {
        try launch.words(
            ["-m", "yappi", "-c", launch.clock.rawValue, "-f", "pstat", "-o", launch.output], kinds: [.script])
    }

    func complete(_ profile: inout Profile, _ launch: PeerLaunch) { profile.clock = launch.clock }
}
