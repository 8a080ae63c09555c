import FoundationEssentials
import Glibc

/// A commit of the repository that the working folder is in, as a git worktree in a temporary folder.
///
/// It is there until `remove` is called. While it is, signals that would end swprof wait.
public final class BaselineTree: Sendable {
    /// The full hash.
    public let commit: String
    /// The repository's own working tree, and the commit's.
    public let root: String
    public let path: String
    /// The working folder within either.
    private let prefix: String
    private let git: Git
    private let folder: PrivateFolder

    /// Throws where there is no git, no repository or no such commit.
    ///
    /// - Parameter reference: a commit as git names it: a branch, a tag, a hash, `HEAD~1`.
    public init(_ reference: String) async throws(RunningError) {
        git = try Git()
        let places = try await git.lines(["rev-parse", "--show-toplevel", "--show-prefix"]) { reason in
            "the working folder is in no git repository that can be read (\(reason)); go to one, or name the command to "
                + "compare with by --before"
        }
        (root, prefix) = (places.first ?? "", places.count > 1 ? places[1] : "")
        let commits = try await git.lines(["rev-parse", "--verify", "--end-of-options", reference + "^{commit}"]) { _ in
            "git knows no commit '\(reference)'; name a branch, a tag or a hash with --baseline (a shallow clone has few: git "
                + "fetch --unshallow)"
        }
        commit = commits.first ?? ""
        folder = try PrivateFolder()
        path = EnvironmentAudit.realPath(folder.path) + "/tree"
        // No hook of the repository's is run.
        let words = ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--detach", path, commit]
        do throws(RunningError) {
            _ = try await git.lines(words) { "git cannot check out '\(reference)': \($0)" }
        } catch {
            await remove()
            throw error
        }
    }

    /// Where the command is run: as deep in the tree as the working folder is in its own.
    public var workingFolder: String { prefix.isEmpty ? path : path + "/" + prefix }

    /// The program as it is named in this tree: a script that is named from the root on is the commit's.
    ///
    /// Throws where the commit has no such script.
    public func program(_ program: Program) throws(RunningError) -> Program {
        guard case .script(let script) = program.source else { return program }
        let old =
            script.hasPrefix(root + "/")
            ? Program(.script(path + script.dropFirst(root.count)), arguments: program.arguments) : program
        guard old.isThere(in: workingFolder) else {
            throw .usage(
                "commit \(commit.prefix(12)) has no '\(script)'; commit it first, or name the old command by --before")
        }
        return old
    }

    /// Removes the tree, and what the repository knows of it.
    public func remove() async {
        // A signal that came as nothing ran ends the first try.
        for _ in 0..<2 where access(path, F_OK) == 0 {
            _ = try? await git.lines(["worktree", "remove", "--force", path]) { $0 }
        }
        try? FileManager.default.removeItem(atPath: path)
    }
}
