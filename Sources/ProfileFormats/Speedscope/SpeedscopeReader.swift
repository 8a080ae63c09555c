import ProfileModel

/// Reads speedscope files, of py-spy, pyinstrument and others.
///
/// A frame's line is the one being executed in some tools' files and the function's first in others: it is the
/// latter where the file is pyinstrument's, else the former.
enum SpeedscopeReader: ProfileReader {
    static let format = FormatName.speedscope

    static func matches(_ bytes: [UInt8]) -> Bool {
        JSONText.looks(bytes, "speedscope.app/file-format-schema") || JSONText.looks(bytes, "\"profiles\"", "\"shared\"", "\"frames\"")
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        var profile = try SpeedscopeProfile(JSONText.decode(SpeedscopeFile.self, bytes))
        return try profile.read()
    }
}

private struct SpeedscopeProfile {
    private let file: SpeedscopeFile
    private var grown: ForeignProfile
    /// By frame; `nil` for pyinstrument's pseudo frame `[self]`, whose time is that of the frame below.
    private var places: [LocationID?] = []

    init(_ file: SpeedscopeFile) throws(FormatError) {
        self.file = file
        let tool = String((file.exporter ?? "speedscope").prefix { $0 != "@" })
        grown = ForeignProfile(tool, .sampling, formatName: tool == "speedscope" ? tool : "speedscope, of \(tool)")
        let tellsFirstLines = tool == "pyinstrument"
        places = file.shared.frames.map { frame in
            let line = ForeignProfile.line(frame.line)
            guard let path = frame.file, !path.isEmpty, path != "<built-in>" else {
                if tellsFirstLines, frame.name == "[self]" { return nil }
                return grown.place(Function(name: frame.name, qualname: frame.name, file: nil, line: 0))
            }
            return grown.place(
                Function(qualified: frame.name, file: path, line: tellsFirstLines ? line : 0), line: tellsFirstLines ? 0 : line)
        }
    }

    mutating func read() throws(FormatError) -> Profile {
        guard !file.profiles.isEmpty else { throw .damaged("there is no profile in it") }
        for (number, thread) in file.profiles.enumerated() {
            let index = grown.thread(Int64(number), name: thread.name)
            let unit = try Self.seconds(thread.unit)
            switch thread.type {
            case "sampled": try addSamples(thread, index, unit)
            case "evented": try addEvents(thread, index, unit)
            default: throw .damaged("profile \(number) is neither sampled nor evented")
            }
        }
        return grown.finished()
    }

    private mutating func addSamples(_ thread: SpeedscopeFile.Thread, _ index: Int, _ unit: Double) throws(FormatError) {
        let (samples, weights) = (thread.samples ?? [], thread.weights ?? [])
        guard samples.count == weights.count else { throw .damaged("\(samples.count) samples have \(weights.count) weights") }
        for (frames, weight) in zip(samples, weights) {
            var places: [LocationID] = []
            for frame in frames { if let place = try place(frame) { places.append(place) } }
            let stack = try grown.stack(rootFirst: places)
            try grown.add(stack, thread: index, count: 1, nanoseconds: try ForeignProfile.nanoseconds(weight, unit: unit))
        }
    }

    /// The time between two events is the stack's that was open in it.
    private mutating func addEvents(_ thread: SpeedscopeFile.Thread, _ index: Int, _ unit: Double) throws(FormatError) {
        var open: [(frame: Int, stack: StackID)] = []
        var last = thread.startValue
        for event in thread.events ?? [] {
            let place = try place(event.frame)
            let stack = open.last?.stack ?? .empty
            guard event.at >= last else { throw .damaged("an event at \(event.at) comes after one at \(last)") }
            if event.at > last {
                try grown.add(stack, thread: index, count: 1, nanoseconds: try ForeignProfile.nanoseconds(event.at - last, unit: unit))
            }
            last = event.at
            if event.type == "O" {
                var grownStack = stack
                if let place { grownStack = try grown.push(place, onto: stack) }
                open.append((event.frame, grownStack))
            } else {
                guard open.popLast()?.frame == event.frame else { throw .damaged("at \(event.at) a frame closes that is not on top") }
            }
        }
    }

    private func place(_ frame: Int) throws(FormatError) -> LocationID? {
        guard places.indices.contains(frame) else { throw .damaged("there is no frame \(frame)") }
        return places[frame]
    }

    private static func seconds(_ unit: String) throws(FormatError) -> Double {
        switch unit {
        case "seconds": return 1
        case "milliseconds": return 1e-3
        case "microseconds": return 1e-6
        case "nanoseconds": return 1e-9
        // Samples without a time count as one microsecond each, as in collapsed stacks.
        case "none": return 1e-6
        default: throw FormatError("its values are \(unit), and no time", remedy: "give a profile of wall or processor time")
        }
    }
}
