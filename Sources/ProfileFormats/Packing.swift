/// How whole files may be packed.
enum Packing {
    static func isPacked(_ bytes: [UInt8]) -> Bool { GzipCodec.isGzip(bytes) || ZstdCodec.isZstd(bytes) }

    /// The bytes as they were before they were packed, if they were.
    static func unpacked(_ bytes: [UInt8]) throws(FormatError) -> [UInt8] {
        if GzipCodec.isGzip(bytes) { return try GzipCodec.decompress(bytes) }
        return ZstdCodec.isZstd(bytes) ? try ZstdCodec.decompress(bytes) : bytes
    }
}
