import ProfileFormats
import ProfileModel

/// pyinstrument, which looks from within a profile function, when its interval has passed.
///
/// It writes a session, which has every sample as it was taken.
struct PyinstrumentPeer: Peer {
    let kind = Kind.sampling
    let package: String? = "pyinstrument"
    let format = FormatName.pyisession

    func words(_ launch: PeerLaunch) throws(PeerFailure) -> [[UInt8]] {
        try launch.words(
            ["-m", "pyinstrument", "-i", "\(launch.interval)", "-r", "pyisession", "-o", launch.output],
            kinds: [.script, .module, .code])
    }

    func complete(_ profile: inout Profile, _ launch: PeerLaunch) {
        profile.rate = launch.rate
        // It can look only where the program calls or returns.
        profile.instantsAreOwn = false
    }
}
