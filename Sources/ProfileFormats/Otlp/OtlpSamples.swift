/// The samples of an OTLP file, each as pprof has it.
struct OtlpSamples: PprofSamples {
    /// Profiles of the same samples, each of another type of value.
    struct Group {
        /// What their resource says of each sample.
        let labels: [Pprof.Label]
        var columns: [(column: Int, samples: [Range<Int>])] = []

        init(labels: [Pprof.Label]) { self.labels = labels }
    }

    /// One of millions.
    struct Entry {
        var group: UInt32
        var sample: UInt32
    }

    private let bytes: [UInt8]
    private let stacks: [Range<Int>]
    private let columns: Int
    var groups: [Group] = []
    var entries: [Entry] = []
    /// By attribute.
    var labels: [Pprof.Label] = []
    /// Of swprof's own files: the key of a label that says when.
    private var instantKey: Int64?

    init(bytes: [UInt8], stacks: [Range<Int>], columns: Int) {
        (self.bytes, self.stacks, self.columns) = (bytes, stacks, columns)
    }

    var count: Int { entries.count }

    /// Gives the labels of swprof's own file the keys that they have in a pprof file.
    mutating func nameLabels(_ texts: [String], _ index: (String) -> Int64) {
        var keys: [String: Int64] = [:]
        for key in Pprof.LabelKey.allCases { keys[key.attribute] = index(key.rawValue) }
        for at in labels.indices where texts.indices.contains(Int(labels[at].key)) {
            if let key = keys[texts[Int(labels[at].key)]] { labels[at].key = key }
        }
        instantKey = keys[Pprof.LabelKey.instant.attribute]
    }

    func values(_ index: Int) throws(FormatError) -> [Int64] {
        let (group, at) = (groups[Int(entries[index].group)], Int(entries[index].sample))
        let isOwn = instantKey != nil
        // Swprof's own have the time first, and a count only where not each is 1.
        let width = isOwn ? max(2, columns) : columns
        var values = [Int64](repeating: isOwn && columns == 1 ? 1 : 0, count: width)
        for (column, samples) in group.columns {
            values[isOwn ? width - 1 - column : column] = try OtlpSample(bytes, in: samples[at]).value
        }
        return values
    }

    func sample(_ index: Int) throws(FormatError) -> Pprof.Sample {
        let (group, at) = (groups[Int(entries[index].group)], Int(entries[index].sample))
        var entry = Pprof.Sample()
        entry.value = try values(index)
        var sample: OtlpSample?
        for (_, samples) in group.columns where sample?.instants.isEmpty != false {
            sample = try OtlpSample(bytes, in: samples[at])
        }
        guard let sample else { return entry }
        entry.locationID = try locations(of: sample.stack)
        for attribute in sample.attributes {
            guard let label = Int(exactly: attribute).flatMap({ labels.indices.contains($0) ? labels[$0] : nil }) else {
                throw .damaged("a sample has attribute \(attribute), which the file lacks")
            }
            entry.label.append(label)
        }
        entry.label += group.labels
        if let instantKey, sample.instants.count == 1, let instant = Int64(exactly: sample.instants[0]) {
            var label = Pprof.Label()
            (label.key, label.num) = (instantKey, instant)
            entry.label.append(label)
        }
        return entry
    }

    private func locations(of stack: UInt64) throws(FormatError) -> [UInt64] {
        guard let stack = Int(exactly: stack), stacks.indices.contains(stack) else {
            if stack == 0 { return [] }
            if stacks.isEmpty {
                throw FormatError(
                    "the file has no table of stacks: it is of an older alpha of OpenTelemetry's profiles",
                    remedy: "write it by a newer version of the tool")
            }
            throw .damaged("a sample has stack \(stack), which the file lacks")
        }
        guard stacks[stack].count <= PprofOutline.largestSample else {
            throw .tooLarge("a stack has more than \(PprofOutline.largestSample) bytes")
        }
        var locations: [UInt64] = []
        var cursor = ProtobufCursor(bytes, in: stacks[stack])
        while !cursor.isAtEnd {
            let entry = try cursor.next()
            if entry.field == 1 { try ProtobufCursor.numbers(entry, of: bytes, into: &locations) }
        }
        return locations
    }
}
