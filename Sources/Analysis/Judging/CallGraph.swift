import ProfileModel

/// Which stacks a program can have: of each of its functions the one that calls it, and from where.
///
/// Functions that are not the program's may stand between any two of its own: it may call itself through the library.
public struct CallGraph: Sendable, Codable, Equatable {
    /// A function of the program.
    public struct Function: Sendable, Codable, Equatable {
        /// The lines that may be run in it: the first and the last.
        public var lines: [Int]
        public var caller: String
        /// The lines of the caller that may be beneath it.
        public var from: [Int]

        public init(lines: [Int], caller: String, from: [Int]) {
            (self.lines, self.caller, self.from) = (lines, caller, from)
        }
    }

    /// By bare name.
    public var functions: [String: Function]

    public init(functions: [String: Function]) { self.functions = functions }
}

/// How many of a profile's stacks cannot be.
public struct ImpossibleStacks: Sendable, Codable, Equatable {
    /// Stacks seen with a function of the program on them: each sample counts as often as it was seen.
    public var stacks = 0
    public var impossible = 0
    /// What is wrong with the first, in words.
    public var example: String?

    public init(stacks: Int = 0, impossible: Int = 0, example: String? = nil) {
        (self.stacks, self.impossible, self.example) = (stacks, impossible, example)
    }

    /// Every stack of a profile; `nil` where its tool tells no whole stacks.
    ///
    /// - Parameter script: the last part of the path of the program's file.
    public init?(_ profile: Profile, _ graph: CallGraph, script: String) {
        guard profile.inclusive == nil else { return nil }
        for sample in profile.samples {
            let frames = Self.frames(of: sample.stack, in: profile, script)
            guard !frames.isEmpty else { continue }
            let count =
                profile.kind == .tracing ? 1 : Int(clamping: Int64(min(1e9, profile.looks(of: sample).rounded())))
            stacks += count
            guard let fault = graph.fault(in: frames) else { continue }
            impossible += count
            example = example ?? fault
        }
    }

    /// The program's own, root first. Designs that trace lines put a function's line above the function: that is one frame.
    private static func frames(of stack: StackID, in profile: Profile, _ script: String) -> [Frame] {
        var frames: [Frame] = []
        for location in profile.stacks.frames(of: stack).reversed() {
            let function = profile.function(at: location)
            guard lastPart(of: function.file) == script else { continue }
            let frame = Frame(name: function.name, line: profile.locations[location.index].line)
            if let last = frames.last, last.name == frame.name, last.line == 0 { frames.removeLast() }
            frames.append(frame)
        }
        return frames
    }

    private static func lastPart(of file: String?) -> String? { file?.split(separator: "/").last.map(String.init) }
}

/// A frame of the program's own; line 0 where the tool tells none.
struct Frame {
    var name: String
    var line: Int
}

extension CallGraph {
    /// What cannot be in a stack, root first, of the program's own frames; `nil` where it can.
    func fault(in frames: [Frame]) -> String? {
        guard frames[0].name == "<module>" else {
            return functions[frames[0].name] == nil
                ? "\(frames[0].name) is no function of the program" : "\(frames[0].name) was called by nobody"
        }
        for (caller, frame) in zip(frames, frames.dropFirst()) {
            if let fault = fault(of: frame, calledBy: caller) { return fault }
        }
        return nil
    }

    private func fault(of frame: Frame, calledBy caller: Frame) -> String? {
        guard let function = functions[frame.name] else { return "\(frame.name) is no function of the program" }
        if caller.name != function.caller {
            return "\(frame.name) was called by \(caller.name), not by \(function.caller)"
        }
        if caller.line > 0, !Self.holds(function.from, caller.line) {
            return "\(frame.name) was called from line \(caller.line) of \(caller.name)"
        }
        if frame.line > 0, !Self.holds(function.lines, frame.line) { return "\(frame.name) was on line \(frame.line)" }
        return nil
    }

    /// Bounds come from outside.
    private static func holds(_ range: [Int], _ line: Int) -> Bool {
        guard let first = range.first, let last = range.last else { return false }
        return first <= line && line <= last
    }
}
