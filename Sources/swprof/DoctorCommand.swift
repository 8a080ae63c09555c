import ArgumentParser
import Running

/// `swprof doctor`: what this machine allows.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what this machine allows: clocks, timer floor, interpreters, permissions."
    )

    func run() async throws {
        for finding in await Doctor.examine() { Output.printStandard(finding.text) }
    }
}
