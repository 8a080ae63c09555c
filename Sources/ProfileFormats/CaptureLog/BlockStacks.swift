import Capture
import ProfileModel

/// Roots the stacks of a block within a program at the block, for what is beneath is no part of what was asked:
/// a test runner's frames, or a notebook's. The profiling package's own frames are taken out wherever they are.
///
/// A log tree is walked from its root; each of its nodes has a `Place` that follows from its caller's. Without the facts
/// of a block every stack stays as it is.
struct BlockStacks {
    /// Where a node of the log's tree goes on the profile's stacks.
    struct Place {
        /// The stack of samples that have the node on top.
        var stack = StackID.empty
        /// The stack that the node's callees are pushed onto.
        var base = StackID.empty
        /// How many of the frames beneath the block lead here, and nothing else; `nil` where something else does.
        var beneath: Int? = 0
    }

    private let beneath: [String]
    private let package: String?

    init(_ facts: [String: String]) {
        beneath = facts["beneath"]?.split(separator: "\u{1f}").map(String.init) ?? []
        package = facts["package"].map { $0.hasSuffix("/") ? $0 : $0 + "/" }
    }

    /// The place of a function that was called from `caller`.
    ///
    /// - Parameter push: puts the function, or its line, onto a stack.
    func place(of function: Function, from caller: Place, _ push: (StackID) -> StackID) -> Place {
        if isPackages(function) { return isAtBlock(caller) ? Place(beneath: caller.beneath) : caller }
        let stack = push(caller.base)
        guard let depth = caller.beneath, depth < beneath.count, beneath[depth] == Self.key(function) else {
            return Place(stack: stack, base: stack, beneath: nil)
        }
        // Its own time is still shown, with nothing beneath it.
        return Place(stack: stack, base: .empty, beneath: depth + 1)
    }

    /// Whether all that leads here is beneath the block: what the package then does is to enter and to leave it, which is
    /// nobody's time of those that are beneath.
    private func isAtBlock(_ caller: Place) -> Bool { !beneath.isEmpty && caller.beneath == beneath.count }

    /// Whether it is of what profiles, and so on no stack and no call of the program's.
    func isPackages(_ function: Function) -> Bool {
        guard let package else { return false }
        return function.file?.hasPrefix(package) ?? function.qualname.hasPrefix("_swprof.")
    }

    /// As the package names a frame.
    private static func key(_ function: Function) -> String {
        "\(function.line):\(function.qualname):\(function.file ?? "")"
    }
}
