import Glibc

/// One line on the terminal that says how far a long work is; nothing in a pipe.
struct Progress {
    private let total: Int
    private let isShown = Output.errorIsTerminal

    init(total: Int) { self.total = total }

    func show(round: Int, arm: String) { put("round \(round) of \(total): \(arm)") }

    func show(_ text: String) { put(text) }

    func clear() { put("") }

    private func put(_ text: String) {
        guard isShown else { return }
        let line = "\r\u{1b}[K" + text
        _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }
}
