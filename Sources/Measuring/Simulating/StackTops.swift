import ProfileModel

/// What is on top of each stack of a timeline.
struct StackTops: Sendable {
    private let functions: [Function]
    /// By stack: the function and the line on top; −1 of the empty one.
    private let functionOf: [Int32]
    private let lineOf: [Int32]

    init(_ run: Profile) {
        functions = run.functions
        let top = { (stack: Int) in run.stacks.leaf(of: StackID(stack)).map { run.locations[$0.index] } }
        functionOf = (0..<run.stacks.count).map { Int32(top($0)?.function.index ?? -1) }
        lineOf = (0..<run.stacks.count).map { Int32(clamping: top($0)?.line ?? 0) }
    }

    func function(_ stack: Int) -> Function? { functionOf[stack] < 0 ? nil : functions[Int(functionOf[stack])] }

    func isC(_ stack: Int) -> Bool { function(stack)?.isC ?? false }

    func isSameFunction(_ a: Int, _ b: Int) -> Bool { functionOf[a] == functionOf[b] }

    /// 0 where none is known.
    func line(_ stack: Int) -> Int { Int(lineOf[stack]) }
}
