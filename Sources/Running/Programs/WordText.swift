extension String {
    /// A word that the system gave us, as Python tells it: text as it is, and each byte that is none as `\udcNN`, which is what stands
    /// for it in `sys.argv` and in the names of files.
    public init(word bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) {
            self = text
            return
        }
        self = ""
        var rest = bytes[...]
        while !rest.isEmpty { append(scalarOf: &rest) }
    }

    private mutating func append(scalarOf rest: inout ArraySlice<UInt8>) {
        var (parser, bytes) = (Unicode.UTF8.ForwardParser(), rest.makeIterator())
        switch parser.parseScalar(from: &bytes) {
        case .valid(let encoded):
            unicodeScalars.append(Unicode.UTF8.decode(encoded))
            rest = rest.dropFirst(encoded.count)
        case .error(let length):
            for byte in rest.prefix(length) { self += "\\udc" + String(byte, radix: 16) }
            rest = rest.dropFirst(length)
        case .emptyInput: rest = []
        }
    }
}
