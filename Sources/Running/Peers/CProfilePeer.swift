import ProfileFormats
import ProfileModel

/// Python's own tracer, with its C functions, as `python -m cProfile` runs it.
struct CProfilePeer: Peer {
    let kind = Kind.tracing
    let package: String? = nil
    let format = FormatName.pstats

    func words(_ launch: PeerLaunch) throws(PeerFailure) -> [[UInt8]] {
        try launch.words(["-m", "cProfile", "-o", launch.output], kinds: [.script, .module])
    }
}
