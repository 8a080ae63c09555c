import CZlib

/// Gzip, as zlib does it.
enum GzipCodec {
    /// More than this is not unpacked: a few megabytes can be made to unpack to terabytes.
    static let outputLimit = 1 << 30

    private static let chunk = 1 << 18
    /// zlib's largest window, plus 16 for gzip's header and checksum.
    private static let window: Int32 = 15 + 16

    static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    /// The bytes packed at zlib's default level; equal input gives equal output.
    static func compress(_ bytes: [UInt8]) throws(FormatError) -> [UInt8] {
        let stream = ZlibStream { deflateEnd($0) }
        let status = deflateInit2_(
            stream.state, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw noMemory }
        var output: [UInt8] = []
        var at = 0
        repeat {
            let end = min(at + chunk, bytes.count)
            let flush = end == bytes.count ? Z_FINISH : Z_NO_FLUSH
            at += stream.step(bytes[at..<end], to: &output, room: chunk) { deflate($0, flush) }
        } while stream.status == Z_OK || stream.status == Z_BUF_ERROR
        guard stream.status == Z_STREAM_END else { throw noMemory }
        return output
    }

    /// The unpacked bytes of one or several gzip members.
    static func decompress(_ bytes: [UInt8], limit: Int = outputLimit) throws(FormatError) -> [UInt8] {
        let stream = ZlibStream { inflateEnd($0) }
        let status = inflateInit2_(stream.state, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw noMemory }
        var output: [UInt8] = []
        var at = 0
        while at < bytes.count {
            let end = min(at + chunk, bytes.count)
            at += stream.step(bytes[at..<end], to: &output, room: chunk) { inflate($0, Z_NO_FLUSH) }
            if output.count > limit { throw .tooLarge("the file unpacks to more than \(limit) bytes") }
            try check(stream.status, at: at)
            if stream.status == Z_STREAM_END, at < bytes.count { inflateReset(stream.state) }
        }
        // All input may be taken while output is still held back.
        while stream.status == Z_OK {
            _ = stream.step([], to: &output, room: chunk) { inflate($0, Z_NO_FLUSH) }
            if output.count > limit { throw .tooLarge("the file unpacks to more than \(limit) bytes") }
        }
        guard stream.status == Z_STREAM_END else { throw .damaged("the gzip data is cut short at byte \(bytes.count)") }
        return output
    }

    private static func check(_ status: Int32, at byte: Int) throws(FormatError) {
        switch status {
        case Z_OK, Z_STREAM_END, Z_BUF_ERROR: return
        case Z_MEM_ERROR: throw noMemory
        default: throw .damaged("the gzip data is wrong near byte \(byte)")
        }
    }

    private static let noMemory = FormatError(
        "zlib got no memory", remedy: "close other programs and try again")
}

/// A `z_stream` that stays where it is: zlib keeps its address.
private final class ZlibStream {
    let state: UnsafeMutablePointer<z_stream>
    var status = Z_OK
    private let end: (UnsafeMutablePointer<z_stream>) -> Int32

    init(end: @escaping (UnsafeMutablePointer<z_stream>) -> Int32) {
        state = .allocate(capacity: 1)
        state.initialize(to: z_stream())
        self.end = end
    }

    deinit {
        _ = end(state)
        state.deallocate()
    }

    /// Runs zlib once, appends what it gives to `output`, and returns how many bytes it took.
    func step(
        _ input: ArraySlice<UInt8>, to output: inout [UInt8], room: Int,
        run: (UnsafeMutablePointer<z_stream>) -> Int32
    ) -> Int {
        input.withUnsafeBufferPointer { input in
            state.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            state.pointee.avail_in = UInt32(input.count)
            output += [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                state.pointee.next_out = buffer.baseAddress
                state.pointee.avail_out = UInt32(room)
                status = run(state)
                count = room - Int(state.pointee.avail_out)
            }
            return input.count - Int(state.pointee.avail_in)
        }
    }
}
