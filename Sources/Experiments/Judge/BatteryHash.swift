import Foundation

extension BatteryProgram {
    /// What tells whether stored runs are of the program as it is now.
    var hash: String {
        let text = FileManager.default.contents(atPath: script).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return ContentHash([text, surroundings.load.description, "\(surroundings.processors ?? 0)"] + arguments).text
    }
}
