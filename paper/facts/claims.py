"""The paper's claims, each with a rule that says from the stored results whether it is met, missed or undecided."""
from dataclasses import dataclass

import equivalence
import wording
from equivalence import MET, MISSED, UNDECIDED
from facts import bias, schedules, sieve_lines
from results import arm, tool


@dataclass
class Claim:
    key: str
    # Where it is reproduced: a folder of experiments/.
    experiment: str
    text: str
    verdict: str
    evidence: str


def told(reports, coverage, macros):
    claims = all_claims(reports, coverage)
    macros.rows("claims/table", [(claim.key, claim.text, claim.evidence, claim.verdict) for claim in claims])
    for claim in claims:
        macros.text(f"claims/{claim.key}", claim.verdict)
    for verdict in (MET, MISSED, UNDECIDED):
        found = [claim.key for claim in claims if claim.verdict == verdict]
        macros.text(f"claims/{verdict}", str(len(found)))
        macros.text(f"claims/{verdict}/names", wording.listed(found))


def all_claims(reports, coverage):
    return [make(key, {**reports, "coverage": coverage}) for key, make in CLAIMS]


def all_of(verdicts):
    """Met where all are, missed where one is."""
    verdicts = list(verdicts)
    if not verdicts or MISSED not in verdicts and set(verdicts) != {MET}:
        return UNDECIDED
    return MISSED if MISSED in verdicts else MET


def at_most(interval, most):
    """Of a quantity that is to be at most so much: decided where the interval is on one side."""
    if interval is None or interval["low"] is None:
        return UNDECIDED
    return MET if interval["high"] <= most else MISSED if interval["low"] > most else UNDECIDED


def coverage_holds(key, told):
    rows = [row for row in told["coverage"].rows if row.verdict]
    met = sum(row.verdict == MET for row in rows)
    return Claim(key, "coverage", "Every interval covers as often as is asked of it", all_of(row.verdict for row in rows), f"{met} of {len(rows)} figures")


def slow_phases(key, told):
    rows = [row for row in told["coverage"].rows if "mean width / poisson's on slow phases" in row.figure]
    widths = [float(row.measured) for row in rows]
    evidence = f"{wording.decimals(min(widths), 2)}--{wording.decimals(max(widths), 2)}" if widths else "none"
    return Claim(key, "coverage", "On slow phases jittered intervals are at most half as wide as Poisson's", all_of(row.verdict for row in rows), evidence)


def cheap_sampling(key, told):
    slowdowns = [found["slowdown"] for block in told["rates"].blocks if (found := arm(block, "signal", rate=1000))]
    highest = [s["high"] for s in slowdowns if s and s["high"] is not None]
    evidence = f"upper ends to {wording.ratio(max(highest))}" if highest else "none"
    return Claim(key, "rates", r"\code{signal} at 1000\,Hz slows no program by more than 2\,\%", all_of(at_most(s, 1.02) for s in slowdowns), evidence)


def cheap_tracing(key, told):
    over = {tool(design): design["slowdown"] for design in told["overhead"].report["designs"]}
    ours, theirs = over.get("evalframe"), over.get("cProfile")
    text = r"Over all programs \code{evalframe} slows less than \code{cProfile}"
    if not ours or not theirs or None in (ours["low"], theirs["low"]):
        return Claim(key, "overhead", text, UNDECIDED, "none")
    verdict = MET if ours["high"] < theirs["low"] else MISSED if ours["low"] > theirs["high"] else UNDECIDED
    return Claim(key, "overhead", text, verdict, f"{wording.ratio(ours['ratio'])} and {wording.ratio(theirs['ratio'])}")


def talk_sampler(key, told):
    found, truth = sieve_line(told, "signal", 10), sieve_lines.truths(told["sieve-lines"]).get("line 10")
    text = rf"\code{{signal}} gives line 10 of the sieve its directly timed share, to within {wording.points(equivalence.MARGIN)} points"
    if not found or not truth:
        return Claim(key, "sieve-lines", text, UNDECIDED, "none")
    return Claim(key, "sieve-lines", text, equivalence.verdict(found, truth), f"{wording.percent(found['mean'])} against {wording.percent(truth['mean'])}")


def talk_design(key, told):
    found, truth = sieve_line(told, "gil", 8), sieve_lines.truths(told["sieve-lines"]).get("lines 8 and 9")
    text = r"The talk's design (\code{gil}) gives line 8 at least ten points too much"
    if not found or not truth or None in (found["low"], truth["high"]):
        return Claim(key, "sieve-lines", text, UNDECIDED, "none")
    least, most = found["low"] - truth["high"], found["high"] - truth["low"]
    verdict = MET if least >= 0.1 else MISSED if most < 0.1 else UNDECIDED
    return Claim(key, "sieve-lines", text, verdict, f"{wording.percent(found['mean'])} against {wording.percent(truth['mean'])}")


def sieve_line(told, design, line):
    found = next((a for a in sieve_lines.arms(told["sieve-lines"]) if tool(a) == design), None)
    return sieve_lines.at_line(found, line) if found else None


def sampler_unbiased(key, told):
    points = bias.curves(told["bias"]).get("signal", [])
    verdicts = [equivalence.verdict(measured, truth) for truth, measured in points]
    text = rf"\code{{signal}} gives the calling half its true share at every level, to within {wording.points(equivalence.MARGIN)} points"
    return Claim(key, "bias", text, all_of(verdicts), f"{verdicts.count(MET)} of {len(points)} levels")


def tracers_biased(key, told):
    curves = bias.curves(told["bias"])
    points = [(t, s) for design in ("setprofile", "evalframe", "lines") for t, s in curves.get(design, []) if 0.2 <= t["mean"] <= 0.8]
    above = [UNDECIDED if None in (s["low"], t["high"]) else MET if s["low"] > t["high"] else MISSED for t, s in points]
    text = "Uncompensated, every tracer gives the calling half too much wherever it has a fifth to four fifths"
    return Claim(key, "bias", text, all_of(above), f"{above.count(MET)} of {len(points)} points")


def run_errors(told, schedule, kind):
    return [abs(error) for (program, s), found in schedules.errors(told["schedules"]).items() if s == schedule and kind(program) for error in found]


def is_lockstep(program):
    return program.startswith("lockstep")


def random_schedules(key, told):
    errors = [error for schedule in ("jittered", "poisson") for error in run_errors(told, schedule, is_lockstep)]
    text = "In lockstep, no run under a random schedule is off by more than ten points"
    verdict = UNDECIDED if not errors else MET if max(errors) <= 0.1 else MISSED
    return Claim(key, "schedules", text, verdict, f"at most {wording.points(max(errors))} in {len(errors)} runs" if errors else "none")


def periodic_fails(key, told):
    errors = run_errors(told, "periodic", lambda program: program == "lockstep 1000 1 1")
    text = "In lockstep of one interval, periodic runs are off by more than ten points"
    far = sum(error > 0.1 for error in errors)
    verdict = UNDECIDED if not errors else MET if far == len(errors) else MISSED
    return Claim(key, "schedules", text, verdict, f"{far} of {len(errors)} runs")


def hottest_varies(key, told):
    found = [arm for block in told["stability"].blocks if block["workload"] == "equal" for arm in block["arms"] if tool(arm) == "signal"]
    text = r"Of forty equal functions, \code{signal} calls different ones the hottest in different runs"
    if not found:
        return Claim(key, "stability", text, UNDECIDED, "none")
    different = len(found[0]["hottest"])
    return Claim(key, "stability", text, MET if different > 1 else MISSED, f"{different} in {found[0]['runs']} runs")


def runners_cost(key, told):
    costs = [e.report["runnersCost"] for name, e in told.items() if name != "coverage" and e.report["runnersCost"] is not None]
    text = r"Running experiments costs under 1\,\% of the time in programs"
    verdict = UNDECIDED if not costs else MET if max(costs) < 0.01 else MISSED
    return Claim(key, "all", text, verdict, f"at most {wording.decimals(100 * max(costs), 2)}" + r"\,\%" if costs else "none")


CLAIMS = (
    ("C1", coverage_holds), ("C2", slow_phases), ("C3", cheap_sampling), ("C4", cheap_tracing), ("C5", talk_sampler), ("C6", talk_design),
    ("C7", sampler_unbiased), ("C8", tracers_biased), ("C9", random_schedules), ("C10", periodic_fails), ("C11", hottest_varies), ("C12", runners_cost))
