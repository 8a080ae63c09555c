import ProfileModel

/// Writes collapsed stacks: on each line a stack, root first, a space, and its weight.
///
/// The frames are joined by `;`. A frame is `name (file:line)`, or `name` alone for a C function;
/// the line is the one being executed, or where the design tells none, the function's first. The
/// weight is the number of samples for swprof's samplers, and the self time for tracers and where a sample may stand for any
/// time: in microseconds where all times are whole ones, else in nanoseconds, so that no share is rounded. Stacks whose weight is 0 are
/// left out. Lines are in the order of their bytes. `;`, `%` and control characters in names are `%` and two hexadecimal digits. The
/// middle of very deep stacks is left out, as in pprof files.
enum CollapsedWriter: ProfileWriter {
    static let format = FormatName.collapsed

    static func write(_ profile: Profile) throws(FormatError) -> [UInt8] {
        let frames = profile.locations.map { frame($0, in: profile) }
        var weights: [String: Int64] = [:]
        for (stack, weight) in stackWeights(of: profile) where weight > 0 {
            weights[line(of: ElidedStack(stack, in: profile.stacks), frames), default: 0] += weight
        }
        var text: [UInt8] = []
        let unit: Int64 = !counts(profile) && weights.values.allSatisfy { $0 % 1_000 == 0 } ? 1_000 : 1
        for (stack, weight) in weights.map({ (Array($0.key.utf8), $0.value) }).sorted(by: {
            $0.0.lexicographicallyPrecedes($1.0)
        }) {
            text += stack + Array(" \(weight / unit)\n".utf8)
        }
        return text
    }

    /// Whether samples are all alike.
    private static func counts(_ profile: Profile) -> Bool {
        profile.kind == .sampling && profile.samples.allSatisfy { $0.tick != nil || $0.nanoseconds == 0 }
    }

    /// Samples or nanoseconds, by stack.
    private static func stackWeights(of profile: Profile) -> [StackID: Int64] {
        var weights: [StackID: Int64] = [:]
        let counts = counts(profile)
        for sample in profile.samples {
            weights[sample.stack, default: 0] += counts ? sample.count : sample.nanoseconds
        }
        return weights
    }

    private static func line(of stack: ElidedStack, _ frames: [String]) -> String {
        var rootFirst = stack.bottom.reversed().map { frames[$0.index] }
        if stack.elided > 0 { rootFirst.append(ElidedStack.function(eliding: stack.elided).name) }
        rootFirst += stack.top.reversed().map { frames[$0.index] }
        return rootFirst.joined(separator: ";")
    }

    private static func frame(_ location: Location, in profile: Profile) -> String {
        let function = profile.functions[location.function.index]
        guard let file = function.file else { return PercentEscapes.escape(function.name) }
        let line = location.line > 0 ? location.line : function.line
        return PercentEscapes.escape("\(function.name) (\(file):\(line))")
    }
}
