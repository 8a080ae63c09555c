import FoundationEssentials

/// JSON files of other tools.
enum JSONText {
    /// Those parts of a JSON text that `Value` names; errors say where the text is not as it should be.
    ///
    /// The decoder refuses what is nested more than 512 deep, and numbers that are none in JSON.
    static func decode<Value: Decodable>(_: Value.Type, _ bytes: [UInt8]) throws(FormatError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw .damaged(problem(error))
        } catch let error as FormatError {
            throw error
        } catch {
            throw .damaged("it is no JSON")
        }
    }

    /// Compact JSON, keys sorted.
    static func encode(_ value: some Encodable) throws(FormatError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
        } catch {
            throw FormatError("the profile has numbers that JSON cannot hold", remedy: "write it as pprof")
        }
    }

    /// Whether the text is an object or a list that has all these words near its beginning.
    static func looks(_ bytes: [UInt8], _ words: String...) -> Bool {
        guard let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return false }
        let head = bytes.prefix(1 << 16)
        return words.allSatisfy { head.firstRange(of: Array($0.utf8)) != nil }
    }

    private static func problem(_ error: DecodingError) -> String {
        switch error {
        case .typeMismatch(_, let context): "a value of another type than it should have, at \(place(context))"
        case .valueNotFound(_, let context): "null where a value should be, at \(place(context))"
        case .keyNotFound(let key, let context): "there is no '\(key.stringValue)' at \(place(context))"
        case .dataCorrupted(let context) where context.codingPath.isEmpty: "it is no JSON that can be read: cut short, damaged or nested too deep"
        case .dataCorrupted(let context): "a value that cannot be, at \(place(context))"
        @unknown default: "it is not as it should be"
        }
    }

    /// Such as `profiles[0].samples`.
    private static func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.reduce("") { path, key in
            key.intValue.map { "\(path)[\($0)]" } ?? (path.isEmpty ? "" : "\(path).") + key.stringValue
        }
        return path.isEmpty ? "its top" : String(path.prefix(200))
    }
}
