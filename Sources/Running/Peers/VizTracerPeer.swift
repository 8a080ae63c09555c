import ProfileFormats
import ProfileModel

/// VizTracer, which writes an event for every call, up to a million of them.
struct VizTracerPeer: Peer {
    let kind = Kind.tracing
    let package: String? = "viztracer"
    let format = FormatName.chrome

    func words(_ launch: PeerLaunch) throws(PeerFailure) -> [[UInt8]] {
        // What is behind `--` it leaves alone.
        try launch.words(
            ["-m", "viztracer", "--quiet", "--ignore_multiprocess", "--output_file", launch.output, "--"],
            kinds: [.script])
    }
}
