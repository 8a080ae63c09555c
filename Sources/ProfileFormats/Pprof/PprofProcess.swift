import ProfileModel

/// A process of a run whose children were followed, to and from the fields of a comment.
enum PprofProcess {
    private static let (own, account, ledger) = (5, 12, 11)

    static func fields(of process: ProcessLife) -> [String] {
        let own = [
            String(process.id), process.parent.map(String.init) ?? "", process.name, String(process.start),
            process.seconds.description,
        ]
        return own + (process.account.map(PprofAccount.fields) ?? empty(account))
            + (process.ledger.map(PprofHeader.fields) ?? empty(ledger))
    }

    static func process(of fields: [String]) throws(FormatError) -> ProcessLife {
        guard fields.count == own + account + ledger, let id = Int64(fields[0]), let start = Int64(fields[3]),
            0...PprofHeader.largest ~= start, let seconds = Double(fields[4]), seconds >= 0, seconds < 1e9
        else { throw PprofComments.wrong("process") }
        var process = ProcessLife(id: id, parent: Int64(fields[1]), name: fields[2], start: start, seconds: seconds)
        let (account, ledger) = (Array(fields[own..<own + account]), Array(fields[(own + account)...]))
        if account != empty(Self.account) { process.account = try PprofAccount.account(of: account) }
        if ledger != empty(Self.ledger) { process.ledger = try PprofHeader.ledger(of: ledger) }
        return process
    }

    private static func empty(_ count: Int) -> [String] { Array(repeating: "", count: count) }
}
