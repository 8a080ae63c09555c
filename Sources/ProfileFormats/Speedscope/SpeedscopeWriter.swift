import ProfileModel

/// Writes speedscope files: one `sampled` profile for each thread, weights in nanoseconds.
///
/// A frame's line is the one being executed, or where the design tells none, the function's first. The middle of
/// very deep stacks is left out, as in pprof files.
enum SpeedscopeWriter: ProfileWriter {
    static let format = FormatName.speedscope

    static func write(_ profile: Profile) throws(FormatError) -> [UInt8] {
        var frames = SpeedscopeFrames(profile)
        let lives = profile.threads.isEmpty ? [ThreadLife(id: 0, name: "", nanoseconds: 0)] : profile.threads
        var threads = lives.map { SpeedscopeFile.Thread(name: $0.name) }
        for sample in profile.samples where sample.nanoseconds > 0 {
            let thread = threads.indices.contains(sample.thread) ? sample.thread : 0
            threads[thread].samples.append(frames.indices(of: sample.stack))
            threads[thread].weights.append(sample.nanoseconds)
            threads[thread].endValue += sample.nanoseconds
        }
        let name = profile.program.joined(separator: " ")
        return try JSONText.encode(
            SpeedscopeFile(
                exporter: "swprof", name: name.isEmpty ? profile.design : name, shared: .init(frames: frames.all),
                profiles: threads,
                swprof: OwnAttributes.comments(of: profile)))
    }
}

private struct SpeedscopeFrames {
    private let profile: Profile
    private(set) var all: [SpeedscopeFrame]
    private var elisions: [Int: Int] = [:]

    init(_ profile: Profile) {
        self.profile = profile
        all = profile.locations.map { Self.frame($0, profile.functions[$0.function.index]) }
    }

    /// Root first.
    mutating func indices(of stack: StackID) -> [Int] {
        let elided = ElidedStack(stack, in: profile.stacks)
        let (top, bottom) = (elided.top.reversed().map(\.index), elided.bottom.reversed().map(\.index))
        return elided.elided == 0 ? top : bottom + [index(eliding: elided.elided)] + top
    }

    private mutating func index(eliding count: Int) -> Int {
        if let known = elisions[count] { return known }
        all.append(.init(name: ElidedStack.function(eliding: count).name))
        elisions[count] = all.count - 1
        return all.count - 1
    }

    private static func frame(_ location: Location, _ function: Function) -> SpeedscopeFrame {
        let line = location.line > 0 ? location.line : function.line
        return SpeedscopeFrame(
            name: function.qualname, file: function.file, line: function.isC || line == 0 ? nil : Int64(line),
            bareName: function.bareNameUnlessImplied, firstLine: function.line > 0 ? Int64(function.line) : nil,
            executing: location.line > 0 ? Int64(location.line) : nil)
    }
}
