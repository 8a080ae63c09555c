import ProfileModel

/// The peers, by the names that users type.
public enum PeerName: String, Sendable, CaseIterable {
    case cProfile, yappi, pyinstrument
    case pySpy = "py-spy"
    case austin, scalene
    case lineProfiler = "line_profiler"
    case viztracer
    /// CPython's own sampler, `profiling.sampling`.
    case tachyon

    public var kind: Kind { peer.kind }

    var peer: any Peer {
        switch self {
        case .cProfile: CProfilePeer()
        case .yappi: YappiPeer()
        case .pyinstrument: PyinstrumentPeer()
        case .pySpy: PySpyPeer()
        case .austin: AustinPeer()
        case .scalene: ScalenePeer()
        case .lineProfiler: LineProfilerPeer()
        case .viztracer: VizTracerPeer()
        case .tachyon: TachyonPeer()
        }
    }
}
