import Glibc

/// The Python processes beneath a target, at any depth: each is looked at by a reader of its own, from when it is found until it
/// ends.
final class TargetFamily {
    private struct Member {
        let reader: Reader
        let memory: TargetMemory
    }

    private let target: TargetProcess
    private let settings: ProfilingSettings
    private let folder: ReaderFolder
    private var members: [pid_t: Member] = [:]
    /// How often a process could not be looked at: it may be no Python, or not have begun to be one.
    private var failures: [pid_t: Int] = [:]

    private static let mostFailures = 20
    /// A reader is a process of its own.
    private static let mostMembers = 256

    init(of target: TargetProcess, _ settings: ProfilingSettings, in folder: ReaderFolder) {
        (self.target, self.settings, self.folder) = (target, settings, folder)
    }

    /// Begins to look at processes that have come, and ends looking at those that are gone.
    func follow() {
        for (id, member) in members where member.reader.hasEnded || !member.memory.isThere { end(id, member) }
        for id in target.children { follow(id, of: target) }
    }

    /// Ends looking at all of them.
    func awaitEnd() {
        for (id, member) in members { end(id, member) }
    }

    private func follow(_ id: pid_t, of parent: TargetProcess) {
        let count = failures[id] ?? 0
        guard count < Self.mostFailures, let child = try? TargetProcess(String(id)) else {
            failures[id] = count + 1
            return
        }
        if members[id] == nil, members.count < Self.mostMembers { look(at: child, of: parent) }
        for grandchild in child.children { follow(grandchild, of: child) }
    }

    private func look(at child: TargetProcess, of parent: TargetProcess) {
        var settings = settings
        settings.seed = .random(in: 0 ... .max)
        guard let files = folder.nextChild(), let memory = TargetMemory(of: child.id),
            let reader = try? Reader("look", of: child, settings, in: folder, files, child.identity(beneath: parent))
        else { return }
        members[child.id] = Member(reader: reader, memory: memory)
    }

    private func end(_ id: pid_t, _ member: Member) {
        members[id] = nil
        // Whatever a reader says, its log says it too: a process without one is a child that was not followed.
        guard (try? member.reader.awaitEnd()) == nil else { return }
        failures[id, default: 0] += 1
    }
}

extension TargetProcess {
    /// What a child's log is to tell of it, beside its number.
    ///
    /// A fork was started with its parent's words, which are no name for it; a server's worker often gives itself a title
    /// in their place.
    fileprivate func identity(beneath parent: TargetProcess) -> [String: String] {
        var told = ["parent": String(parent.id)]
        if words.count == 1, let title = words.first, title.contains(" ") {
            told["name"] = title
        } else if words != parent.words {
            told["words"] = words.joined(separator: "\u{1f}")
        }
        return told
    }
}
