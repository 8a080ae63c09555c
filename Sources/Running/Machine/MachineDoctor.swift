import Glibc

/// Looks for what on this machine will hurt a measurement of time.
enum MachineDoctor {
    static func examine() -> [Doctor.Finding] {
        let moment = MachineMoment()
        return [
            governor(), turbo(), load(moment), steal(moment), processorLimit(), memoryLimit(), addresses(), guest(),
        ].compactMap { $0 }
    }

    /// `nil` where the machine does not say, as most guests do not.
    private static func governor() -> Doctor.Finding? {
        EnvironmentAudit.line(of: "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").map { governor in
            let isGood = governor == "performance"
            let detail =
                isGood
                ? "performance: the frequency does not follow the load"
                : "\(governor): the frequency follows the load, and slowdowns with it; set it: cpupower frequency-set -g performance"
            return Doctor.Finding(topic: "governor", isGood: isGood, detail: detail)
        }
    }

    private static func turbo() -> Doctor.Finding? {
        EnvironmentAudit.line(of: "/sys/devices/system/cpu/intel_pstate/no_turbo").map { off in
            let detail =
                off == "1"
                ? "off"
                : "on: the first runs are faster than what a warm processor keeps; turn it off: echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo"
            return Doctor.Finding(topic: "turbo", isGood: off == "1", detail: detail)
        }
    }

    private static func load(_ moment: MachineMoment) -> Doctor.Finding? {
        moment.load.map { load in
            let isGood = load < 0.5
            return Doctor.Finding(
                topic: "load", isGood: isGood,
                detail: isGood
                    ? "\(load): nothing else is running"
                    : "\(load): other programs take processors from what is measured; let them end first")
        }
    }

    private static func steal(_ moment: MachineMoment) -> Doctor.Finding? {
        moment.steal.map { steal in
            let part = "\((steal * 10_000).rounded() / 100) %"
            let isGood = steal < 0.005
            return Doctor.Finding(
                topic: "stolen time", isGood: isGood,
                detail: isGood
                    ? "\(part) since the start"
                    : "\(part) of the processors' time since the start went to other machines on this host; measure when they are quiet, or elsewhere"
            )
        }
    }

    private static func processorLimit() -> Doctor.Finding? {
        ControlGroup.limit("cpu.max").map { limit in
            Doctor.Finding(
                topic: "processor limit", isGood: false,
                detail:
                    "the control group allows \(limit) (µs a period): a program that has used it up is stopped until the period ends; raise cpu.max"
            )
        }
    }

    private static func memoryLimit() -> Doctor.Finding? {
        ControlGroup.limit("memory.max").map { limit in
            Doctor.Finding(topic: "memory limit", isGood: true, detail: "the control group allows \(limit) bytes")
        }
    }

    private static func addresses() -> Doctor.Finding? {
        EnvironmentAudit.line(of: "/proc/sys/kernel/randomize_va_space").map { setting in
            let isGood = setting == "2"
            let detail =
                isGood
                ? "random in every run, so that no layout is measured for all"
                : "not random (\(setting)): all runs are of one layout, which intervals then know nothing of; set kernel.randomize_va_space=2"
            return Doctor.Finding(topic: "addresses", isGood: isGood, detail: detail)
        }
    }

    private static func guest() -> Doctor.Finding? {
        EnvironmentAudit.hypervisor().map { whose in
            Doctor.Finding(
                topic: "virtual machine", isGood: false,
                detail:
                    "a guest (\(whose)): its times drift with its neighbours; trust ratios within a round, not times")
        }
    }
}
