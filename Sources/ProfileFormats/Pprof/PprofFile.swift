import SwiftProtobuf

/// A pprof file taken apart: its texts, its tables, and its samples one at a time.
struct PprofFile {
    let texts: [String]
    /// Everything but texts and samples.
    let tables: Pprof.File
    private let samples: any PprofSamples
    /// What a file of another tool is called: as a design, and for people.
    private(set) var names = (design: "pprof", format: "pprof")

    init(_ bytes: [UInt8]) throws(FormatError) {
        let outline = try PprofOutline(bytes)
        texts = outline.texts.map { String(escapingInvalid: bytes[$0]) }
        guard texts.first?.isEmpty != false else {
            throw .damaged("the string table does not begin with the empty text")
        }
        tables = try Self.decode(outline.rest, what: "a function or location")
        samples = PprofEncodedSamples(bytes: bytes, ranges: outline.samples)
    }

    /// What a file of another format says, as a pprof file would.
    init(texts: [String], tables: Pprof.File, samples: any PprofSamples, names: (design: String, format: String)) {
        (self.texts, self.tables, self.samples, self.names) = (texts, tables, samples, names)
    }

    var sampleCount: Int { samples.count }

    func sample(_ index: Int) throws(FormatError) -> Pprof.Sample { try samples.sample(index) }
    func values(_ index: Int) throws(FormatError) -> [Int64] { try samples.values(index) }

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

    fileprivate static func decode<M: Message>(_ bytes: [UInt8], what: String) throws(FormatError) -> M {
        var options = BinaryDecodingOptions()
        options.discardUnknownFields = true
        do {
            return try M(serializedBytes: bytes, options: options)
        } catch {
            throw .damaged("\(what) cannot be decoded")
        }
    }
}

/// The samples of a file, made one at a time: there may be millions.
protocol PprofSamples: Sendable {
    var count: Int { get }
    func sample(_ index: Int) throws(FormatError) -> Pprof.Sample
    /// Its values alone, which take no longer than they are in the file.
    func values(_ index: Int) throws(FormatError) -> [Int64]
}

private struct PprofEncodedSamples: PprofSamples {
    let bytes: [UInt8]
    let ranges: [Range<Int>]

    var count: Int { ranges.count }

    func sample(_ index: Int) throws(FormatError) -> Pprof.Sample {
        let range = ranges[index]
        return try PprofFile.decode(Array(bytes[range]), what: "the sample at byte \(range.lowerBound)")
    }

    func values(_ index: Int) throws(FormatError) -> [Int64] { try sample(index).value }
}
