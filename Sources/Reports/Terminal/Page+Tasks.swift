import Analysis

extension Page {
    /// The asyncio tasks of a run by name, and what is no task's.
    mutating func addTasks(of findings: RunFindings) {
        heading("Tasks")
        guard let tasks = findings.tasks, let taskless = findings.taskless else {
            return add("  no asyncio task was seen to run")
        }
        let shown = tasks.prefix(options.rows)
        var rows = shown.map { (time: $0.`self`, label: PlaceLabel(name: $0.name, place: "")) }
        for (time, label) in [(taskless.none, Wording.noTask), (taskless.unknown, Wording.unknownTask)]
        where time.share ?? 0 > 0 { rows.append((time, PlaceLabel(name: label, ink: .faint, place: ""))) }
        var table = TextTable()
        table.add("share", shares: rows.map { ShareText($0.time) })
        table.add("time", rows.map { $0.time.seconds.map(Figures.seconds) ?? Figures.missing })
        table.add("task", labels: rows.map(\.label), width: width)
        add(table.lines(width: width))
        addRest(tasks.count - shown.count, "task name")
    }
}

extension Wording {
    static let noTask = "(no task runs)"
    static let unknownTask = "(cannot be told)"
}
