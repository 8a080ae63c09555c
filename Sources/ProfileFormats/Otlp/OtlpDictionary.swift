import SwiftProtobuf

/// The tables that all profiles of an OTLP file share, as pprof's: what is the n-th entry here has the id n there.
struct OtlpDictionary {
    private(set) var texts: [String] = []
    /// Functions, locations and mappings.
    private(set) var tables = Pprof.File()
    /// By attribute: its key and what it says; of lists of texts alone, those.
    private(set) var labels: [Pprof.Label] = []
    private(set) var lists: [Int: [String]] = [:]
    /// Where each stack's list of locations lies.
    private(set) var stacks: [Range<Int>] = []
    private let bytes: [UInt8]
    private var decoded = 0

    init(_ bytes: [UInt8], in range: Range<Int>?) throws(FormatError) {
        self.bytes = bytes
        guard let range else { throw .damaged("it has no dictionary") }
        // Attributes' texts join the table, so they come when it is whole.
        var attributes: [Range<Int>] = []
        var cursor = ProtobufCursor(bytes, in: range)
        while !cursor.isAtEnd {
            let entry = try cursor.next()
            guard let payload = entry.payload else { continue }
            switch entry.field {
            case Otlp.Dictionary.mappings: tables.mapping.append(try mapping(payload))
            case Otlp.Dictionary.locations: tables.location.append(try location(payload))
            case Otlp.Dictionary.functions: tables.function.append(try function(payload))
            case Otlp.Dictionary.texts: texts.append(String(escapingInvalid: bytes[payload]))
            case Otlp.Dictionary.attributes: attributes.append(payload)
            case Otlp.Dictionary.stacks: stacks.append(payload)
            default: break
            }
            guard texts.count <= PprofOutline.mostTexts, stacks.count <= PprofStacks.mostNodes else {
                throw .tooLarge("more than \(PprofOutline.mostTexts) texts or stacks")
            }
        }
        guard texts.first?.isEmpty != false else {
            throw .damaged("the string table does not begin with the empty text")
        }
        for payload in attributes { try add(attribute: payload) }
    }

    /// The index of a text, which is new at the end where it is not empty.
    mutating func index(ofNew text: String) -> Int64 {
        if text.isEmpty { return 0 }
        if texts.isEmpty { texts.append("") }
        texts.append(text)
        return Int64(texts.count - 1)
    }

    /// What a resource's own attribute says.
    mutating func label(ofResource payload: Range<Int>) throws(FormatError) -> Pprof.Label {
        var label = Pprof.Label()
        var cursor = ProtobufCursor(bytes, in: payload)
        while !cursor.isAtEnd {
            let entry = try cursor.next()
            switch (entry.field, entry.payload) {
            case (1, let key?): label.key = index(ofNew: String(escapingInvalid: bytes[key]))
            case (2, let value?): _ = try read(value, into: &label)
            case (3, nil): label.key = Int64(bitPattern: entry.number)
            default: break
            }
        }
        return label
    }

    /// The lines of swprof's own comments, where the attribute has them.
    func comments(at attribute: UInt64) -> [String] {
        guard let index = Int(exactly: attribute), labels.indices.contains(index),
            let key = Int(exactly: labels[index].key), texts.indices.contains(key), texts[key] == Otlp.comments
        else { return [] }
        return lists[index] ?? []
    }

    private mutating func add(attribute payload: Range<Int>) throws(FormatError) {
        try count(payload)
        var label = Pprof.Label()
        var cursor = ProtobufCursor(bytes, in: payload)
        while !cursor.isAtEnd {
            let entry = try cursor.next()
            switch (entry.field, entry.payload) {
            case (1, nil): label.key = Int64(bitPattern: entry.number)
            case (2, let value?): if let list = try read(value, into: &label) { lists[labels.count] = list }
            default: break
            }
        }
        labels.append(label)
    }

    /// Returns the texts of a list; of what is no text and no number nothing is kept.
    private mutating func read(_ value: Range<Int>, into label: inout Pprof.Label) throws(FormatError) -> [String]? {
        var list: [String]?
        var cursor = ProtobufCursor(bytes, in: value)
        while !cursor.isAtEnd {
            let entry = try cursor.next()
            switch (entry.field, entry.payload) {
            case (Otlp.Value.text, let text?): label.str = index(ofNew: String(escapingInvalid: bytes[text]))
            case (Otlp.Value.textIndex, nil): label.str = Int64(bitPattern: entry.number)
            case (Otlp.Value.truth, nil), (Otlp.Value.integer, nil): label.num = Int64(bitPattern: entry.number)
            case (Otlp.Value.list, let payload?): list = try texts(of: payload)
            default: break
            }
        }
        return list
    }

    private func texts(of list: Range<Int>) throws(FormatError) -> [String] {
        var texts: [String] = []
        var cursor = ProtobufCursor(bytes, in: list)
        while !cursor.isAtEnd {
            guard let value = try cursor.next().payload else { continue }
            var inside = ProtobufCursor(bytes, in: value)
            while !inside.isAtEnd {
                let entry = try inside.next()
                if entry.field == Otlp.Value.text, let text = entry.payload {
                    texts.append(String(escapingInvalid: bytes[text]))
                }
            }
        }
        return texts
    }

    private mutating func mapping(_ payload: Range<Int>) throws(FormatError) -> Perftools_Profiles_Mapping {
        var mapping = Perftools_Profiles_Mapping()
        mapping.id = UInt64(tables.mapping.count)
        try fields(of: payload) { entry in
            if entry.field == 4 { mapping.filename = Int64(bitPattern: entry.number) }
        }
        return mapping
    }

    private mutating func function(_ payload: Range<Int>) throws(FormatError) -> Perftools_Profiles_Function {
        var function = Perftools_Profiles_Function()
        function.id = UInt64(tables.function.count)
        try fields(of: payload) { entry in
            let number = Int64(bitPattern: entry.number)
            switch entry.field {
            case 1: function.name = number
            case 2: function.systemName = number
            case 3: function.filename = number
            case 4: function.startLine = number
            default: break
            }
        }
        return function
    }

    private mutating func location(_ payload: Range<Int>) throws(FormatError) -> Perftools_Profiles_Location {
        var location = Perftools_Profiles_Location()
        location.id = UInt64(tables.location.count)
        var lines: [Range<Int>] = []
        try fields(of: payload) { entry in
            switch (entry.field, entry.payload) {
            case (2, nil): location.address = entry.number
            case (3, let line?): lines.append(line)
            default: break
            }
        }
        for payload in lines {
            var line = Perftools_Profiles_Line()
            try fields(of: payload) { entry in
                if entry.field == 1 { line.functionID = entry.number }
                if entry.field == 2 { line.line = Int64(bitPattern: entry.number) }
            }
            location.line.append(line)
        }
        return location
    }

    private mutating func fields(
        of payload: Range<Int>, _ take: (ProtobufCursor.Entry) -> Void
    ) throws(FormatError) {
        try count(payload)
        var cursor = ProtobufCursor(bytes, in: payload)
        while !cursor.isAtEnd { take(try cursor.next()) }
    }

    /// What is decoded takes many times the memory of its bytes; an entry without any takes some, too.
    private mutating func count(_ payload: Range<Int>) throws(FormatError) {
        decoded += payload.count + 2
        guard decoded <= PprofOutline.mostOtherBytes else {
            throw .tooLarge("more than \(PprofOutline.mostOtherBytes) bytes of functions, locations and attributes")
        }
    }
}
