/// The caveats of several processes: what is said of many is said once, with their names.
enum ProcessCaveats {
    private static let mostNamed = 3

    static func of(_ profiles: [Profile]) -> [Caveat] {
        var order: [Caveat] = []
        var names: [Caveat: [String]] = [:]
        for (at, profile) in profiles.enumerated() {
            for caveat in profile.caveats {
                if names[caveat] == nil { order.append(caveat) }
                names[caveat, default: []].append(at == 0 ? "" : profile.processes.first?.name ?? "")
            }
        }
        return order.map { Caveat(code: $0.code, text: text($0.text, names[$0] ?? [])) }
    }

    /// What is true of the program's own process stands as it is.
    private static func text(_ text: String, _ names: [String]) -> String {
        if names.first == "" { return text }
        let more = names.count - mostNamed
        let named = names.prefix(mostNamed).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        return "\(named): \(text)"
    }
}
