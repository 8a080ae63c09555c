import Glibc
import ProfileFormats
import Running
import TOMLKit

/// What a project's `pyproject.toml` says to swprof.
enum ProjectSettings {
    /// The paths of `own` in `[tool.swprof]`, in the nearest `pyproject.toml` in or above a folder; a file that is no TOML
    /// says nothing.
    static func own(above folder: String) throws -> [String] {
        guard let project = project(above: folder),
            let bytes = try? FileBytes.read(project + "/pyproject.toml"),
            let table = try? TOMLTable(string: String(decoding: bytes, as: UTF8.self))
        else { return [] }
        // Its values live no longer than the table.
        defer { withExtendedLifetime(table) {} }
        return try paths(of: table, project).flatMap { OwnPaths.named($0.hasPrefix("/") ? $0 : project + "/" + $0) }
    }

    private static func paths(of table: TOMLTable, _ project: String) throws -> [String] {
        guard let own = table["tool"]?.table?["swprof"]?.table?["own"] else { return [] }
        let paths = own.array.map { array in (0..<array.count).compactMap { array[$0].string } }
        guard let paths, paths.count == own.array?.count, !paths.contains("") else {
            throw Ending.usage("\(project)/pyproject.toml: tool.swprof.own is no list of paths; write own = [\"src\"]")
        }
        return paths
    }

    private static func project(above folder: String) -> String? {
        var folder = folder
        while true {
            if access(folder + "/pyproject.toml", R_OK) == 0 { return folder }
            guard let slash = folder.lastIndex(of: "/"), folder.count > 1 else { return nil }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }
}
