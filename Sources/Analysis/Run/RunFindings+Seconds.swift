extension RunFindings {
    /// Of a file of bare numbers: its shares are known, and no time is.
    mutating func forgetSeconds() {
        seconds = nil
        timeShare?.seconds = nil
        for at in functions.indices {
            functions[at].`self`.seconds = nil
            functions[at].total.seconds = nil
        }
        for at in lines.indices {
            lines[at].`self`.seconds = nil
            lines[at].total.seconds = nil
        }
        for at in threads.indices { threads[at].seconds = nil }
        tasks = tasks?.map { $0.withoutSeconds }
        tree?.forgetSeconds()
    }
}

extension TaskFinding {
    fileprivate var withoutSeconds: TaskFinding {
        var time = self.`self`
        time.seconds = nil
        return TaskFinding(name: name, time: time)
    }
}

extension FoldedTree {
    fileprivate mutating func forgetSeconds() {
        for at in rows.indices { rows[at].total.seconds = nil }
        for at in lines.indices { lines[at].time.seconds = nil }
        for at in parts.indices { parts[at].time.seconds = nil }
    }
}
