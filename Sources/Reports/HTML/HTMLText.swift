import Mustache

/// Escapes text for HTML, in elements and in quoted attributes.
///
/// Works scalar by scalar: a quotation mark with a combining mark behind it is one `Character`, which
/// is not equal to `"`, and an escape by characters would let it out of its attribute.
struct HTMLText: MustacheContentType {
    static let name = "SWPROF-HTML"

    func escapeText(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.legible().unicodeScalars {
            if let entity = Self.entity(for: scalar) {
                escaped.append(contentsOf: entity.unicodeScalars)
            } else {
                escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    private static func entity(for scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "<": "&lt;"
        case ">": "&gt;"
        case "&": "&amp;"
        case "\"": "&quot;"
        case "'": "&#39;"
        case "`": "&#96;"
        default: nil
        }
    }
}
