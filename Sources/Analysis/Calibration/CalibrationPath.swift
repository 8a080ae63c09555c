import ProfileModel

/// Where in the calibrating program a stack is.
struct CalibrationPath: Hashable {
    var pass: Int
    var loop: CalibrationLoop

    /// By stack: the loop whose callee is on top; `nil` for all other stacks.
    static func ofCallees(_ profile: Profile) -> [CalibrationPath?] {
        let paths = ofAll(profile)
        let function = { profile.function(at: profile.stacks.locations[$0]) }
        return paths.indices.map { stack in
            guard stack > 0, case let parent = Int(profile.stacks.parents[stack]), let caller = paths[parent],
                function(parent).isLoop
            else { return nil }
            return (caller.loop.kind == .c) == function(stack).isC ? caller : nil
        }
    }

    /// By stack: the loop that it is in, after the first pass; `nil` for stacks that are in none.
    static func ofAll(_ profile: Profile) -> [CalibrationPath?] {
        var pass = [Int?](repeating: nil, count: profile.stacks.count)
        var paths = [CalibrationPath?](repeating: nil, count: profile.stacks.count)
        for stack in paths.indices.dropFirst() {
            let parent = Int(profile.stacks.parents[stack])
            let function = profile.function(at: profile.stacks.locations[stack])
            pass[stack] = function.name.hasPrefix("pass_") ? Int(function.name.dropFirst(5)) : pass[parent]
            paths[stack] = paths[parent]
            if function.isLoop, let loop = CalibrationLoop(function.name.dropFirst(5)), let pass = pass[stack], pass > 0
            {
                paths[stack] = CalibrationPath(pass: pass, loop: loop)
            }
        }
        return paths
    }
}

extension Function {
    fileprivate var isLoop: Bool { name.hasPrefix("loop_") }
}
