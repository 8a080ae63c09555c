import Analysis

extension TerminalReport {
    /// The stacks of a process, each newest first.
    public static func dump(_ dump: ProcessDump) -> String {
        var lines = ["process \(dump.process)  " + dump.program.map { $0.legible(limit: 200) }.joined(separator: " ")]
        lines.append("Python \(dump.python)")
        for thread in dump.threads { lines += [""] + Self.lines(thread) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ thread: ProcessDump.Thread) -> [String] {
        let name = thread.name.map { " " + $0.legible(limit: 100) } ?? ""
        guard let frames = thread.frames else {
            return ["thread \(thread.id)\(name): no whole stack was seen; it changes too fast, try again"]
        }
        let state = thread.running == true ? "running" : "waiting"
        if frames.isEmpty { return ["thread \(thread.id)\(name) (\(state)): runs no Python code"] }
        let calling = thread.calling.map { ", in \($0.legible(limit: 300))" } ?? ""
        return ["thread \(thread.id)\(name)\(calling) (\(state))"] + frames.map { "    " + text($0) }
    }

    private static func text(_ frame: ProcessDump.Frame) -> String {
        let line = frame.line.map { ":\($0)" } ?? ""
        return "\(frame.qualname.legible(limit: 300)) (\((frame.file ?? "C").legible(limit: 1000))\(line))"
    }
}
