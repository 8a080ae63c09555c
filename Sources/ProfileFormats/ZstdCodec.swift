import CZstd

/// Zstandard, as its own library does it.
enum ZstdCodec {
    /// A frame begins with this; one that decoders leave out with any of sixteen.
    static func isZstd(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
            || bytes.first.map { $0 & 0xF0 == 0x50 } == true && bytes.dropFirst().starts(with: [0x2A, 0x4D, 0x18])
    }

    /// The unpacked bytes of one or several frames. A frame whose window is larger than the library's own bound, 128 MB, is refused.
    static func decompress(_ bytes: [UInt8], limit: Int = GzipCodec.outputLimit) throws(FormatError) -> [UInt8] {
        let stream = ZstdStream()
        guard stream.state != nil else { throw noMemory }
        var output: [UInt8] = []
        var (at, left) = (0, 1)
        while true {
            let (taken, given) = (at, output.count)
            left = stream.step(bytes, from: &at, to: &output)
            if output.count > limit { throw .tooLarge("the file unpacks to more than \(limit) bytes") }
            guard ZSTD_isError(left) == 0 else {
                if ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation { throw noMemory }
                throw .damaged("the zstd data is wrong near byte \(at)")
            }
            // All input may be taken while output is still held back.
            if at == bytes.count, left == 0 || (at == taken && output.count == given) { break }
        }
        guard left == 0 else { throw .damaged("the zstd data is cut short at byte \(bytes.count)") }
        return output
    }

    private static let noMemory = FormatError("zstd got no memory", remedy: "close other programs and try again")
}

/// What the library keeps of a file that is being unpacked.
private final class ZstdStream {
    let state = ZSTD_createDCtx()
    private let room = ZSTD_DStreamOutSize()

    deinit { ZSTD_freeDCtx(state) }

    /// Runs the library once, appends what it gives to `output`, and returns what it says.
    func step(_ bytes: [UInt8], from at: inout Int, to output: inout [UInt8]) -> Int {
        var status = 0
        bytes.withUnsafeBufferPointer { bytes in
            var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: at)
            output += [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                var space = ZSTD_outBuffer(dst: buffer.baseAddress, size: room, pos: 0)
                status = ZSTD_decompressStream(state, &space, &input)
                count = space.pos
            }
            at = input.pos
        }
        return status
    }
}
