import ProfileModel

/// The tables of an OTLP file that is being written. The n-th function, location and text of a pprof file are the n-th here, too: the
/// first of each table is what stands for none.
struct OtlpTables {
    private var dictionary = ProtobufBytes()
    private var texts: [String]
    private var textIndices: [String: Int64] = [:]
    private var attributes = ProtobufBytes()
    private var attributeIndices: [Attribute: Int64] = [:]
    private var attributeCount: Int64 = 1
    private var stacks = ProtobufBytes()
    private var stackIndices: [[UInt64]: Int64] = [[]: 0]
    private let keys: [Int64: Pprof.LabelKey]

    private struct Attribute: Hashable {
        var key: String
        var text: String?
        var number: Int64 = 0
        var list: [String] = []
    }

    init(_ file: PprofFile, _ profile: Profile) {
        texts = file.texts
        for (index, text) in texts.enumerated() where textIndices[text] == nil { textIndices[text] = Int64(index) }
        keys = Dictionary(
            uniqueKeysWithValues: Pprof.LabelKey.allCases.compactMap { [textIndices] key in
                textIndices[key.rawValue].map { ($0, key) }
            })
        attributes.add(6, bytes: [])
        stacks.add(7, bytes: [])
        addMappings(file)
        addLocations(file, profile)
        addFunctions(file)
        // No trace and no span, as long as they always are.
        dictionary.add(4) { link in
            link.add(1, bytes: Array(repeating: 0, count: 16))
            link.add(2, bytes: Array(repeating: 0, count: 8))
        }
    }

    var bytes: [UInt8] {
        var texts = ProtobufBytes()
        for text in self.texts { texts.add(5, bytes: Array(text.utf8)) }
        return dictionary.bytes + texts.bytes + attributes.bytes + stacks.bytes
    }

    mutating func attribute(_ key: String, list: [String]) -> Int64 { index(of: Attribute(key: key, list: list)) }

    func addType(_ file: PprofFile, column: Int, to profile: inout ProtobufBytes) {
        let type = file.tables.sampleType[column]
        profile.add(1) { Self.add(type, to: &$0) }
    }

    func addPeriod(_ file: PprofFile, to profile: inout ProtobufBytes) {
        guard file.tables.period > 0 else { return }
        profile.add(5) { Self.add(file.tables.periodType, to: &$0) }
        profile.add(6, number: file.tables.period)
    }

    /// - Parameter column: 0 for the count, 1 for the time, which alone says when.
    mutating func add(_ sample: Pprof.Sample, column: Int, to profile: inout ProtobufBytes) {
        let stack = stackIndex(of: sample.locationID)
        var (labels, instants): ([Int64], [Int64]) = ([], [])
        for label in sample.label {
            guard let key = keys[label.key] else { continue }
            if key == .instant { instants.append(label.num) } else { labels.append(index(of: attribute(key, label))) }
        }
        profile.add(2) { entry in
            entry.add(1, number: stack)
            entry.add(2, packed: labels)
            entry.add(4, packed: [sample.value[column]])
            if column == 1 { entry.add(5, packedFixed: instants) }
        }
    }

    private func attribute(_ key: Pprof.LabelKey, _ label: Pprof.Label) -> Attribute {
        Attribute(key: key.attribute, text: label.str == 0 ? nil : texts[Int(label.str)], number: label.num)
    }

    private mutating func stackIndex(of locations: [UInt64]) -> Int64 {
        if let known = stackIndices[locations] { return known }
        let new = Int64(stackIndices.count)
        stackIndices[locations] = new
        stacks.add(7) { $0.add(1, packed: locations.lazy.map { Int64(bitPattern: $0) }) }
        return new
    }

    private mutating func index(of attribute: Attribute) -> Int64 {
        if let known = attributeIndices[attribute] { return known }
        let key = index(of: attribute.key)
        attributes.add(6) { entry in
            entry.add(1, number: key)
            entry.add(2) { value in
                if !attribute.list.isEmpty {
                    value.addList(attribute.list)
                } else if let text = attribute.text {
                    value.add(1, text: text)
                } else {
                    value.set(3, number: attribute.number)
                }
            }
        }
        defer { attributeCount += 1 }
        attributeIndices[attribute] = attributeCount
        return attributeCount
    }

    private mutating func index(of text: String) -> Int64 {
        if let known = textIndices[text] { return known }
        texts.append(text)
        textIndices[text] = Int64(texts.count - 1)
        return Int64(texts.count - 1)
    }

    private mutating func addMappings(_ file: PprofFile) {
        dictionary.add(1, bytes: [])
        for mapping in file.tables.mapping { dictionary.add(1) { $0.add(4, number: mapping.filename) } }
    }

    /// Each says of what kind its frame is, by OpenTelemetry's own words.
    private mutating func addLocations(_ file: PprofFile, _ profile: Profile) {
        dictionary.add(2, bytes: [])
        for location in file.tables.location {
            let function = location.line.first.map { file.tables.function[Int($0.functionID) - 1] }
            let kind = index(
                of: Attribute(key: "profile.frame.type", text: function?.filename == 0 ? "native" : "cpython"))
            dictionary.add(2) { entry in
                entry.add(1, number: Int64(location.mappingID))
                for line in location.line {
                    entry.add(3) {
                        $0.add(1, number: Int64(line.functionID))
                        $0.add(2, number: line.line)
                    }
                }
                entry.add(4, packed: [kind])
            }
        }
    }

    private mutating func addFunctions(_ file: PprofFile) {
        dictionary.add(3, bytes: [])
        for function in file.tables.function {
            dictionary.add(3) { entry in
                entry.add(1, number: function.name)
                entry.add(2, number: function.systemName)
                entry.add(3, number: function.filename)
                entry.add(4, number: function.startLine)
            }
        }
    }

    private static func add(_ type: Pprof.ValueType, to entry: inout ProtobufBytes) {
        entry.add(1, number: type.type)
        entry.add(2, number: type.unit)
    }
}
