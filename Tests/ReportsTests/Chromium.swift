import Foundation

/// A real browser without a window, where this machine has one.
enum Chromium {
    static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// The document after its scripts have run.
    static func document(of html: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "swprof-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = folder.appending(path: "report.html")
        let dump = folder.appending(path: "dump.html")
        try html.write(to: page, atomically: true, encoding: .utf8)
        try Data().write(to: dump)

        let browser = Process()
        browser.executableURL = URL(filePath: path ?? "")
        browser.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--timeout=20000",
            "--user-data-dir=\(folder.appending(path: "browser").path)", "--dump-dom", page.absoluteString,
        ]
        browser.standardOutput = try FileHandle(forWritingTo: dump)
        browser.standardError = FileHandle.nullDevice
        try browser.run()
        browser.waitUntilExit()
        return try String(contentsOf: dump, encoding: .utf8)
    }
}
