import Foundation

/// Sound files to begin with: a folder for each format, and one for each way of packing.
struct FuzzSeeds {
    private(set) var files: [String: [[UInt8]]] = [:]

    var kinds: [String] { files.keys.sorted() }

    init(folder: URL) throws {
        let manager = FileManager.default
        for kind in try manager.contentsOfDirectory(atPath: folder.path).sorted() {
            let inside = folder.appendingPathComponent(kind)
            guard let names = try? manager.contentsOfDirectory(atPath: inside.path) else { continue }
            for name in names.sorted() {
                files[kind, default: []].append([UInt8](try Data(contentsOf: inside.appendingPathComponent(name))))
            }
        }
    }
}
