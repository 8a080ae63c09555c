extension Profile {
    /// Takes from what the kernel says of each process's children those that are profiled themselves.
    ///
    /// A child's CPU time is its parent's children's once the parent has waited for it, so only children that ended
    /// before the parent's last look are taken out.
    mutating func settleChildren() {
        let told = processes
        for at in told.indices {
            guard let account = told[at].account else { continue }
            let children = told.indices.filter { parent(of: $0) == at }
            let waited = children.compactMap { told[last(of: $0)].account }.filter { $0.end <= account.end }
            let known = waited.reduce(0) { $0 + $1.cpuSecondsToTheEnd }
            let rest = account.childCPUSeconds - known
            processes[at].account?.childCPUSeconds =
                rest > ProcessAccount.usualEnd * Double(waited.count) ? rest : 0
            processes[at].account?.childProcesses = max(0, account.childProcesses - children.count)
        }
        account = processes.first?.account
    }

    /// The one that started it, of those that began before it; a number may have been another process's before.
    private func parent(of index: Int) -> Int? {
        guard let parent = processes[index].parent, parent != processes[index].id else { return nil }
        return processes[..<index].lastIndex { $0.id == parent }
    }

    /// The last program in a process that became others.
    private func last(of index: Int) -> Int {
        let id = processes[index].id
        let successors = processes.indices.filter { $0 > index && processes[$0].id == id && processes[$0].parent == id }
        return successors.last ?? index
    }

    /// Adds what is known of the program's own process from outside: see `ProcessAccount.close`.
    public mutating func close(began: Int64, ended: Int64, cpuSeconds: Double) {
        account?.close(began: began, ended: ended, cpuSeconds: cpuSeconds)
        guard !processes.isEmpty else { return }
        // A program that became another goes on in that one's profile.
        if last(of: 0) > 0, let successor = processes[last(of: 0)].account {
            account?.secondsAfter = Double(max(0, ended - successor.end)) / 1e9
            account?.cpuSecondsAfter = max(0, cpuSeconds - successor.cpuSecondsToTheEnd)
            account?.isClosed = successor.isClosed
        }
        processes[0].account = account
    }
}
