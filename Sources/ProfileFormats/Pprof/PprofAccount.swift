import ProfileModel

/// What the kernel says of the process, to and from the fields of a comment.
enum PprofAccount {
    private static let count = 12

    static func fields(of account: ProcessAccount) -> [String] {
        let seconds = [
            account.secondsBefore, account.secondsAfter, account.cpuSeconds, account.cpuSecondsAfter,
            account.followedCPUSeconds,
            account.otherCPUSeconds, account.childCPUSeconds,
        ]
        return [String(account.start), String(account.end), account.isClosed ? "closed" : "open"]
            + seconds.map { $0?.description ?? "" } + [String(account.otherThreads), String(account.childProcesses)]
    }

    static func account(of fields: [String]) throws(FormatError) -> ProcessAccount {
        guard fields.count == count, let start = Int64(fields[0]), let end = Int64(fields[1]),
            let others = Int(fields[10]),
            let children = Int(fields[11]), ["closed", "open"].contains(fields[2])
        else { throw PprofComments.wrong("account") }
        var seconds: [Double?] = []
        for field in fields[3...9] { seconds.append(try time(field)) }
        var account = ProcessAccount(start: start, end: end, isClosed: fields[2] == "closed")
        (account.secondsBefore, account.secondsAfter) = (seconds[0], seconds[1])
        (account.cpuSeconds, account.cpuSecondsAfter) = (seconds[2] ?? 0, seconds[3] ?? 0)
        (account.followedCPUSeconds, account.otherCPUSeconds) = (seconds[4], seconds[5] ?? 0)
        account.childCPUSeconds = seconds[6] ?? 0
        (account.otherThreads, account.childProcesses) = (max(0, others), max(0, children))
        return account
    }

    private static func time(_ field: String) throws(FormatError) -> Double? {
        if field.isEmpty { return nil }
        guard let seconds = Double(field), seconds.isFinite, seconds >= 0, seconds < 1e9 else {
            throw PprofComments.wrong("account")
        }
        return seconds
    }
}
