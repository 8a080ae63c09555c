/// An OTLP file taken apart, and as the pprof file that would say the same.
///
/// A profile there has one value a sample; here each type of value is a column. Profiles of one scope that have the same samples become
/// one, as they were before something took them apart.
struct OtlpFile {
    private let bytes: [UInt8]
    private var dictionary: OtlpDictionary
    private var columns: [Pprof.ValueType] = []
    private var groups: [OtlpSamples.Group] = []
    private var entries: [OtlpSamples.Entry] = []
    private var comments: [String] = []
    private var longest: Int64 = 0
    private var period: (type: Pprof.ValueType, length: Int64)?

    init(_ bytes: [UInt8]) throws(FormatError) {
        self.bytes = bytes
        let outline = try OtlpOutline(bytes)
        dictionary = try OtlpDictionary(bytes, in: outline.dictionary)
        for resource in outline.resources { try read(resource: resource) }
    }

    func pprof() -> PprofFile {
        var dictionary = dictionary
        var tables = dictionary.tables
        // The first entry of each table stands for none.
        tables.function = Array(tables.function.dropFirst())
        tables.location = Array(tables.location.dropFirst())
        tables.mapping = Array(tables.mapping.dropFirst())
        (tables.sampleType, tables.durationNanos) = (columns, longest)
        if let period { (tables.periodType, tables.period) = (period.type, period.length) }
        tables.comment = comments.map { dictionary.index(ofNew: $0) }
        var samples = OtlpSamples(bytes: bytes, stacks: dictionary.stacks, columns: columns.count)
        (samples.labels, samples.groups, samples.entries) = (dictionary.labels, groups, entries)
        if !comments.isEmpty { samples.nameLabels(dictionary.texts) { dictionary.index(ofNew: $0) } }
        return PprofFile(
            texts: dictionary.texts, tables: tables, samples: samples,
            names: (design: "otlp", format: "OpenTelemetry profiles"))
    }

    private mutating func read(resource range: Range<Int>) throws(FormatError) {
        let (of, scopes) = try OtlpOutline.group(bytes, range)
        let labels = try of.map { of throws(FormatError) in try read(attributesOf: of) } ?? []
        for scope in scopes {
            var profiles: [OtlpProfile] = []
            for profile in try OtlpOutline.group(bytes, scope).entries {
                profiles.append(try OtlpProfile(bytes, in: profile))
            }
            try add(profiles, labels)
        }
    }

    private mutating func read(attributesOf resource: Range<Int>) throws(FormatError) -> [Pprof.Label] {
        var labels: [Pprof.Label] = []
        var cursor = ProtobufCursor(bytes, in: resource)
        while !cursor.isAtEnd {
            let entry = try cursor.next()
            guard entry.field == 1, let payload = entry.payload else { continue }
            let label = try dictionary.label(ofResource: payload)
            if dictionary.texts.indices.contains(Int(label.key)),
                dictionary.texts[Int(label.key)] == Pprof.LabelKey.process.attribute
            {
                labels.append(label)
            }
        }
        return labels
    }

    private mutating func add(_ profiles: [OtlpProfile], _ labels: [Pprof.Label]) throws(FormatError) {
        for profile in profiles {
            for index in profile.attributes { comments += dictionary.comments(at: index) }
            longest = max(longest, profile.duration)
            if profile.period > 0, period == nil { period = (profile.periodType, profile.period) }
        }
        var left = profiles[...]
        while let first = left.popFirst() {
            var group = OtlpSamples.Group(labels: labels)
            group.columns = [(column(of: first.type), first.samples)]
            while let next = left.first, try hasSameSamples(first, next) {
                group.columns.append((column(of: next.type), next.samples))
                left.removeFirst()
            }
            let number = UInt32(groups.count)
            guard entries.count + first.samples.count <= PprofOutline.mostSamples else {
                throw .tooLarge("more than \(PprofOutline.mostSamples) samples")
            }
            entries += first.samples.indices.map { OtlpSamples.Entry(group: number, sample: UInt32($0)) }
            groups.append(group)
        }
    }

    private mutating func column(of type: Pprof.ValueType) -> Int {
        if let known = columns.firstIndex(of: type) { return known }
        columns.append(type)
        return columns.count - 1
    }

    private func hasSameSamples(_ one: OtlpProfile, _ other: OtlpProfile) throws(FormatError) -> Bool {
        guard one.type != other.type, one.samples.count == other.samples.count else { return false }
        for (mine, its) in zip(one.samples, other.samples) {
            let (mine, its) = (try OtlpSample(bytes, in: mine), try OtlpSample(bytes, in: its))
            guard mine.isSame(as: its) else { return false }
        }
        return true
    }
}
