/// The peers that were looked for, for one interpreter.
public struct InstalledPeers: Sendable {
    public let names: [PeerName]
    private var installed: [PeerName: PeerInstallation] = [:]
    private var refusals: [PeerName: String] = [:]

    /// Looks for each; one that is not there has a refusal in the place of every run.
    public init(_ names: [PeerName], interpreter: Interpreter) async {
        self.names = names
        guard !names.isEmpty else { return }
        guard let facts = try? await interpreter.facts() else {
            for name in names { refusals[name] = "\(interpreter.path) does not say which Python it is" }
            return
        }
        for name in names {
            do throws(PeerFailure) {
                installed[name] = try await PeerInstallation(name, interpreter: interpreter, python: facts.python)
            } catch {
                refusals[name] = error.reason
            }
        }
    }

    /// `nil` where it is not there.
    public func version(of name: PeerName) -> String? { installed[name]?.version }

    /// Why it cannot be used, as the end of a sentence; `nil` where it can, and where it was not looked for.
    public func refusal(of name: PeerName) -> String? { refusals[name] }

    func installation(of name: PeerName) throws(PeerFailure) -> PeerInstallation {
        guard let installation = installed[name] else { throw PeerFailure(reason: refusals[name] ?? "it is not there") }
        return installation
    }
}
