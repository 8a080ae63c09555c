import CMachine
import Glibc

/// The capture log of a followed child, which stands in the folder of its program's own.
///
/// Every child takes the next number, whoever of the program's processes started it, by making the folder's file of
/// numbers a byte longer. So numbers are never given twice, and that file's size says how many there are.
public struct ChildLog: Sendable, Equatable {
    /// More children of one run are not followed.
    public static let most = 10_000
    public static let numbersFile = "children"

    public let number: Int
    public let path: String

    public init(_ number: Int, in folder: String) {
        self.number = number
        path = "\(folder)/child-\(number).swlog"
    }

    /// The folder of a log.
    public static func folder(of log: String) -> String {
        let folder = log.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(log[..<$0]) } ?? "."
        return folder.isEmpty ? "/" : folder
    }

    /// The next child's; `nil` where the folder is gone or cannot be written to, or where there are too many.
    public static func next(in folder: String) -> ChildLog? {
        // Past the limit the kernel would send the program a signal.
        guard machine_file_size_limit() > UInt64(most) else { return nil }
        let file = machine_open("\(folder)/\(numbersFile)", O_WRONLY | O_APPEND)
        guard file >= 0 else { return nil }
        defer { close(file) }
        guard lseek(file, 0, SEEK_END) < most, write(file, "+", 1) == 1 else { return nil }
        // Where the byte was appended, whoever appended others meanwhile.
        let number = Int(lseek(file, 0, SEEK_CUR))
        return 1...most ~= number ? ChildLog(number, in: folder) : nil
    }
}
