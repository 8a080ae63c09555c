import ProfileModel

/// What happened between two stretches of a thread.
enum StackChange: Equatable {
    case enter, leave
    /// Another line of the same function, or the same one once more.
    case line(isBack: Bool)
    /// Anything else, such as one call behind another with no time between.
    case other

    init(from before: Int, to after: Int, _ stacks: StackTable, _ tops: StackTops) {
        if Int(stacks.parents[after]) == before, after != before {
            self = .enter
        } else if Int(stacks.parents[before]) == after, after != before {
            self = .leave
        } else if stacks.parents[after] == stacks.parents[before], tops.isSameFunction(before, after),
            tops.line(after) > 0
        {
            self = .line(isBack: tops.line(before) > 0 && tops.line(after) <= tops.line(before))
        } else {
            self = .other
        }
    }
}
