import Glibc
import Measuring
import ProfileFormats
import Running

/// Where swprof's own words go.
enum Output {
    static var errorTakesColors: Bool { Terminal.takesColors(STDERR_FILENO) }
    static var standardTakesColors: Bool { Terminal.takesColors(STDOUT_FILENO) }

    static func printError(_ text: String) {
        Terminal.write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
    }
    /// What cannot be written ends swprof: there is nobody else to tell of it.
    static func printStandard(_ text: String) {
        do { try write(text, toPath: standard) } catch { Ending.end(with: error) }
    }

    /// The path that stands for standard output.
    static let standard = "-"

    /// To a file, or with `-` to standard output.
    static func write(_ text: String, toPath path: String) throws {
        try write(bytes(of: text, to: path), toPath: path)
    }

    /// What is printed ends its last line.
    private static func bytes(of text: String, to path: String) -> [UInt8] {
        Array((path == standard && !text.hasSuffix("\n") ? text + "\n" : text).utf8)
    }

    /// The same. A reader of standard output that has left wants no more, which is no error.
    static func write(_ bytes: [UInt8], toPath path: String) throws(FormatError) {
        guard path == standard else { return try FileBytes.write(bytes, to: path) }
        let failure = FileBytes.put(bytes, into: STDOUT_FILENO)
        guard failure == 0 || failure == EPIPE else {
            throw FormatError(
                "cannot write to standard output: \(String(cString: strerror(failure)))",
                remedy: "name a file in a folder that you may write to")
        }
    }

    /// From now on a reader that leaves early costs what it did not read, and nothing else.
    static func outliveReaders() { signal(SIGPIPE, SIG_IGN) }

    /// The same of what cannot be had again: where the file cannot be written it is kept elsewhere, and the error says where.
    static func keep(_ text: String, at path: String) throws {
        try keep(bytes(of: text, to: path), at: path, ending: ".json")
    }

    /// - Parameter ending: of the file's name elsewhere, which tells readers the format.
    static func keep(_ bytes: [UInt8], at path: String, ending: String) throws {
        do throws(FormatError) {
            try write(bytes, toPath: path)
        } catch {
            guard let kept = KeptFiles.keep(bytes, ending: ending) else { throw error }
            throw Ending.failure("\(error.problem); it is kept as \(kept)")
        }
    }

    /// As `COLUMNS` says, else the columns of the terminal behind a descriptor; 100 where there is none.
    static func width(of descriptor: Int32) -> Int {
        if let columns = getenv("COLUMNS").flatMap({ Int(String(cString: $0)) }), columns > 0 { return columns }
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col >= 40 ? Int(size.ws_col) : 100
    }

    /// Throws before anything is run where a result could not be written in the end, or would take the place of what is read.
    static func checkWritable(_ path: String?, besides inputs: [String] = []) throws {
        guard let path, path != standard else { return }
        guard !path.isEmpty else { throw Ending.usage("cannot write a file with the name ''; name a file") }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        // Where the file is not there yet, it is its folder that must take it.
        guard access(path, W_OK) == 0 || errno == ENOENT && access(folder, W_OK) == 0 else {
            throw Ending.usage(
                "cannot write '\(path)': \(String(cString: strerror(errno))); name a file in a folder that can be written"
            )
        }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw Ending.usage("cannot write '\(path)': it is a folder; name a file")
        }
        if let input = inputs.first(where: { isSame(status, $0) }) {
            throw Ending.usage("cannot write '\(path)': it is '\(input)', which is read; name another file")
        }
    }

    /// Throws where two results would go to one place, of which the first would be lost.
    static func checkApart(_ output: String?, _ html: String?) throws {
        guard let output, let html else { return }
        if output == standard, html == standard {
            throw Ending.usage("-o and --html cannot both go to standard output; name a file for one of them")
        }
        var status = stat()
        guard output == html || stat(output, &status) == 0 && isSame(status, html) else { return }
        throw Ending.usage("-o and --html cannot both be written to '\(output)'; name another file for one of them")
    }

    /// Whether a path leads to a file that was looked at; a device may be read and written.
    private static func isSame(_ file: stat, _ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return (status.st_dev, status.st_ino) == (file.st_dev, file.st_ino)
    }
}
