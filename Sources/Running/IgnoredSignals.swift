import Glibc

/// The signals that whoever started swprof had it ignore, as `nohup` does. A program that is started
/// through swprof would not inherit them: the library that starts it sets every signal back.
enum IgnoredSignals {
    static let all: [Int32] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2].filter(isIgnored)

    /// Numbers apart by commas.
    static var list: String { all.map(String.init).joined(separator: ",") }

    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }
}
