import ProfileFormats
import ProfileModel

/// line_profiler, of all functions of the script, which `kernprof` finds by itself.
struct LineProfilerPeer: Peer {
    let kind = Kind.tracing
    let package: String? = "line_profiler"
    let format = FormatName.lprof

    func words(_ launch: PeerLaunch) throws(PeerFailure) -> [[UInt8]] {
        try launch.check([.script])
        let program = launch.programWords
        return PeerLaunch.bytes(["-m", "kernprof", "-l", "-p"]) + program.prefix(1)
            + PeerLaunch.bytes(["-o", launch.output]) + program
    }
}
