import ProfileModel

/// Reads pyinstrument's JSON, of versions 3 to 5: a tree of functions with their times, callees' times included.
///
/// What a function's callees do not account for is its own; so is what stands under the pseudo frame `[self]`.
enum PyinstrumentReader: ProfileReader {
    static let format = FormatName.pyinstrument

    static func matches(_ content: FileContent) -> Bool { content.has("root_frame") }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        var grown = ForeignProfile("pyinstrument", .sampling, formatName: "pyinstrument")
        let thread = grown.thread(0)
        var (duration, hasRoot): (Double?, Bool) = (nil, false)
        var cursor = JSONCursor(bytes)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "duration": duration = try cursor.number()
            // Where nothing was sampled, there is none.
            case "root_frame" where cursor.kind() == .object && !hasRoot:
                hasRoot = true
                try add(PyinstrumentTree(&cursor), thread, &grown)
            default: try cursor.skip()
            }
        }
        return grown.finished(
            nanoseconds: try duration.map { seconds throws(FormatError) in try ForeignProfile.nanoseconds(seconds) })
    }

    private static func add(_ tree: PyinstrumentTree, _ thread: Int, _ grown: inout ForeignProfile) throws(FormatError)
    {
        var stacks: [StackID] = []
        for (node, frame) in tree.frames.enumerated() {
            let parent = tree.parents[node].map { stacks[$0] } ?? .empty
            let stack = frame.isSelf ? parent : try grown.push(grown.place(frame.asFunction), onto: parent)
            stacks.append(stack)
            let own = try ForeignProfile.nanoseconds(max(0, frame.time - frame.inCallees))
            if own > 0 { try grown.add(stack, thread: thread, count: 1, nanoseconds: own) }
        }
    }
}

/// The frames of pyinstrument's tree, each after its parent. It is read without recursion: trees are as deep as programs recurse.
private struct PyinstrumentTree {
    private(set) var frames: [Frame] = []
    private(set) var parents: [Int?] = []

    struct Frame {
        var function = ""
        var className = ""
        var file = ""
        var line: Int64 = 0
        var time = 0.0
        var inCallees = 0.0

        var isSelf: Bool { file.isEmpty && function == "[self]" }

        var asFunction: Function {
            let name = className.isEmpty || function.contains(".") ? function : "\(className).\(function)"
            return ForeignFunction.function(name, file: file, line: ForeignProfile.line(line))
        }
    }

    init(_ cursor: inout JSONCursor) throws(FormatError) {
        var open: [Int] = []
        try begin(&cursor, &open)
        while let node = open.last {
            if let key = try cursor.nextKey() {
                if key == "children", cursor.kind() == .list {
                    try cursor.beginList()
                    if try cursor.nextElement() { try begin(&cursor, &open) }
                } else {
                    try read(key, of: node, &cursor)
                }
            } else {
                open.removeLast()
                if let parent = open.last {
                    frames[parent].inCallees += frames[node].time
                    if try cursor.nextElement() { try begin(&cursor, &open) }
                }
            }
        }
    }

    private mutating func begin(_ cursor: inout JSONCursor, _ open: inout [Int]) throws(FormatError) {
        guard frames.count < PprofStacks.mostNodes else { throw .tooLarge("more than \(PprofStacks.mostNodes) frames") }
        try cursor.beginObject()
        parents.append(open.last)
        open.append(frames.count)
        frames.append(Frame())
    }

    private mutating func read(_ key: String, of node: Int, _ cursor: inout JSONCursor) throws(FormatError) {
        switch key {
        case "function": frames[node].function = try cursor.raw()
        case "class_name": frames[node].className = try cursor.textIfAny() ?? ""
        case "file_path": frames[node].file = try cursor.textIfAny() ?? ""
        case "line_no": frames[node].line = try cursor.integerIfAny() ?? 0
        case "time": frames[node].time = try cursor.number()
        default: try cursor.skip()
        }
    }
}
