"""How much of what a spec asks for was measured, and amid what."""
import wording


def told(experiment, macros):
    name, done = experiment.name, experiment.rounds
    macros.text(f"{name}/rounds", rounds(min(done, default=0), max(done, default=0), experiment.spec["runs"]))
    macros.text(f"{name}/blocks", f"{len(experiment.blocks)} of {blocks_asked(experiment.spec)}")
    macros.text(f"{name}/measurements", wording.count(experiment.report["measurements"]))
    macros.text(f"{name}/python", wording.listed(sorted({block["python"] for block in experiment.blocks})))
    cost = experiment.report["runnersCost"]
    macros.text(f"{name}/runnersCost", "not known" if cost is None else wording.decimals(100 * cost, 2) + r"\,\%")
    macros.text(f"{name}/drift", drift(experiment.report["drift"]))
    macros.text(f"{name}/failures", failures(experiment.blocks))


def rounds(least, most, asked):
    done = f"{least}" if least == most else f"{least} to {most}"
    return f"{done} of {asked} rounds"


def blocks_asked(spec):
    """Programs at their sizes under all interpreters."""
    sizes = spec.get("sizes", {})
    return sum(len(sizes.get(workload, [None])) for workload in spec["workloads"]) * len(spec.get("interpreters", [None]))


def drift(caveats):
    return " ".join(wording.escaped(caveat["text"]) for caveat in caveats) or "Nothing of the machine that we watch changed."


def failures(blocks):
    """Each reason of each arm once, with how many of its runs it ended."""
    # By arm all its runs; by arm and reason how many runs it ended of each program.
    runs, ended = {}, {}
    for block in blocks:
        for arm in block["arms"]:
            name = arm["name"]
            runs[name] = runs.get(name, 0) + arm["runs"] + sum(failure["runs"] for failure in arm["failures"])
            for failure in arm["failures"]:
                ended.setdefault((name, failure["why"].removeprefix(f"{name}: ")), []).append(failure["runs"])
    return wording.listed(
        f"{wording.code(name)} in {sum(counts)} of {runs[name]} runs, on {wording.counted(counts, 'program')} ({wording.escaped(why)})"
        for (name, why), counts in ended.items())


def label(block):
    return " ".join([block["workload"].replace("pyperformance:", "pyperf/"), *block["arguments"]])
