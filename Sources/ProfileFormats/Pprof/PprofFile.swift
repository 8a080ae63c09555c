import SwiftProtobuf

/// A pprof file taken apart: its texts, its tables, and its samples one at a time.
struct PprofFile {
    private let bytes: [UInt8]
    private let outline: PprofOutline
    let texts: [String]
    /// Everything but texts and samples.
    let tables: Pprof.File

    init(_ bytes: [UInt8]) throws(FormatError) {
        self.bytes = bytes
        outline = try PprofOutline(bytes)
        texts = outline.texts.map { String(escapingInvalid: bytes[$0]) }
        guard texts.first?.isEmpty != false else {
            throw .damaged("the string table does not begin with the empty text")
        }
        tables = try Self.decode(outline.rest, what: "a function or location")
    }

    var sampleCount: Int { outline.samples.count }

    func sample(_ index: Int) throws(FormatError) -> Pprof.Sample {
        let range = outline.samples[index]
        return try Self.decode(Array(bytes[range]), what: "the sample at byte \(range.lowerBound)")
    }

    func text(_ index: Int64) throws(FormatError) -> String {
        if index == 0 { return "" }
        guard texts.indices.contains(Int(index)) else {
            throw .damaged("text \(index) is used, but the file has \(texts.count) texts")
        }
        return texts[Int(index)]
    }

    func comments() throws(FormatError) -> [String] {
        var comments: [String] = []
        for index in tables.comment { comments.append(try text(index)) }
        return comments
    }

    private static func decode<M: Message>(_ bytes: [UInt8], what: String) throws(FormatError) -> M {
        var options = BinaryDecodingOptions()
        options.discardUnknownFields = true
        do {
            return try M(serializedBytes: bytes, options: options)
        } catch {
            throw .damaged("\(what) cannot be decoded")
        }
    }
}
