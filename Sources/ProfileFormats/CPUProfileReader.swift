import ProfileModel

/// Reads CPU profiles of Chrome's and Node's tools (`.cpuprofile`): a tree of calls, and which of them each sample saw.
///
/// A sample lasts until the next one; where the file has no samples, a call's hits count, each for an equal part of the run. Lines count from 0.
enum CPUProfileReader: ProfileReader {
    static let format = FormatName.cpuprofile

    static func matches(_ content: FileContent) -> Bool {
        content.has("nodes", "startTime") || content.has("nodes", "samples")
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> Profile {
        var file = CPUProfileFile()
        var cursor = JSONCursor(bytes)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "nodes":
                try cursor.beginList()
                while try cursor.nextElement() { file.nodes.append(try CPUProfileFile.Node(&cursor)) }
            case "startTime": file.start = try cursor.nanoseconds(unit: 1_000) ?? 0
            case "endTime": file.end = try cursor.nanoseconds(unit: 1_000) ?? 0
            case "samples": file.samples = try integers(&cursor, unit: nil)
            case "timeDeltas": file.deltas = try integers(&cursor, unit: 1_000)
            default: try cursor.skip()
            }
        }
        return try file.profile()
    }

    private static func integers(_ cursor: inout JSONCursor, unit: Int64?) throws(FormatError) -> [Int64] {
        var numbers: [Int64] = []
        try cursor.beginList()
        while try cursor.nextElement() {
            if let unit {
                numbers.append(try cursor.nanoseconds(unit: unit) ?? 0)
            } else {
                numbers.append(try cursor.integer())
            }
        }
        return numbers
    }
}

private struct CPUProfileFile {
    var nodes: [Node] = []
    var samples: [Int64] = []
    /// Nanoseconds, like the others: the time before each sample.
    var deltas: [Int64] = []
    var start: Int64 = 0
    var end: Int64 = 0

    struct Node {
        var id: Int64 = 0
        var parent: Int64?
        var children: [Int64] = []
        var hits: Int64 = 0
        var name = ""
        var url = ""
        var line: Int64 = -1

        init(_ cursor: inout JSONCursor) throws(FormatError) {
            try cursor.beginObject()
            while let key = try cursor.nextKey() {
                switch key {
                case "id": id = try cursor.integer()
                case "parent": parent = try cursor.integerIfAny()
                case "hitCount": hits = max(0, try cursor.integerIfAny() ?? 0)
                case "children" where cursor.kind() == .list:
                    try cursor.beginList()
                    while try cursor.nextElement() { children.append(try cursor.integer()) }
                case "callFrame": try readFrame(&cursor)
                default: try cursor.skip()
                }
            }
        }

        private mutating func readFrame(_ cursor: inout JSONCursor) throws(FormatError) {
            try cursor.beginObject()
            while let key = try cursor.nextKey() {
                switch key {
                case "functionName": name = try cursor.raw()
                case "url": url = try cursor.textIfAny() ?? ""
                case "lineNumber": line = try cursor.integerIfAny() ?? -1
                default: try cursor.skip()
                }
            }
        }

        /// Python's paths come as they are, or as URLs.
        var function: Function {
            let path = url.hasPrefix("file://") ? String(url.dropFirst("file://".count)) : url
            return ForeignFunction.function(
                name.isEmpty ? "(anonymous)" : name, file: path, line: ForeignProfile.line(line < 0 ? nil : line + 1))
        }

        /// What no program runs.
        var isOutside: Bool { url.isEmpty && ["(root)", "(program)", "(idle)"].contains(name) }
    }

    func profile() throws(FormatError) -> Profile {
        var grown = ForeignProfile("cpuprofile", .sampling, formatName: "Chrome's CPU profile")
        let thread = grown.thread(0)
        let stacks = try stacks(&grown)
        if samples.isEmpty {
            let hits = nodes.reduce(into: Int64(0)) { $0.addClamped($1.hits) }
            let each = hits > 0 && end > start ? max(1, (end - start) / hits) : 1_000
            for node in nodes where node.hits > 0 {
                let (time, overflows) = node.hits.multipliedReportingOverflow(by: each)
                guard !overflows else { throw .damaged("node \(node.id) was hit more often than can be") }
                try grown.add(stacks[node.id] ?? .empty, thread: thread, count: node.hits, nanoseconds: time)
            }
        }
        for (index, sample) in samples.enumerated() {
            guard let stack = stacks[sample] else {
                throw .damaged("sample \(index) is of node \(sample), which is not there")
            }
            try grown.add(stack, thread: thread, count: 1, nanoseconds: length(of: index))
        }
        guard !grown.profile.samples.isEmpty else {
            throw FormatError("there is no sample in it", remedy: "profile for a longer time")
        }
        return grown.finished()
    }

    private func length(of sample: Int) -> Int64 {
        if deltas.count == samples.count, sample + 1 < samples.count { return max(0, deltas[sample + 1]) }
        guard deltas.count == samples.count, end > start else { return deltas.isEmpty ? 1_000 : 0 }
        let seen = deltas.reduce(into: Int64(0)) { $0.addClamped(max(0, $1)) }
        return max(0, end - start - seen)
    }

    /// By node; parents may come after their children.
    private func stacks(_ grown: inout ForeignProfile) throws(FormatError) -> [Int64: StackID] {
        var parents: [Int64: Int64] = [:]
        for node in nodes {
            if let parent = node.parent { parents[node.id] = parent }
            for child in node.children { parents[child] = node.id }
        }
        let byID = Dictionary(nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var stacks: [Int64: StackID] = [:]
        for node in nodes {
            var path: [Int64] = []
            var at: Int64? = node.id
            while let id = at, stacks[id] == nil {
                guard path.count <= nodes.count else { throw .damaged("node \(node.id) is beneath itself") }
                path.append(id)
                at = parents[id]
            }
            var stack = at.flatMap { stacks[$0] } ?? .empty
            for id in path.reversed() {
                guard let node = byID[id] else { throw .damaged("node \(id) is named, but not there") }
                if !node.isOutside { stack = try grown.push(grown.place(node.function), onto: stack) }
                stacks[id] = stack
            }
        }
        return stacks
    }
}
