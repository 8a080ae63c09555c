import Running

/// What all cells of an experiment are measured on and amid.
enum ExperimentAudit {
    static func take(_ plan: Plan) -> [String: String] {
        var audit = EnvironmentAudit.machine()
        audit["hash seed, environment size"] = "random in every run, and stored with it"
        for block in plan.blocks {
            let name = block.interpreter.command
            audit["interpreter \(name)"] = block.interpreter.facts.version
            audit["packages of \(name)"] = block.interpreter.facts.installed.joined(separator: ", ")
        }
        return audit
    }
}
