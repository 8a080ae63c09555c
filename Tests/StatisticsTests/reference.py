"""Writes reference.json: what SciPy and statsmodels say of the closed forms that Statistics has.

Run it with the Python of .venv; Tests/PythonTests/test_reference.py sees that the file is current.
"""

import itertools
import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy import integrate, optimize, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

FILE = pathlib.Path(__file__).with_name("reference.json")

CONFIDENCES = [0.5, 0.95, 0.99, 1 - 0.05 / 1000]
TRIALS = [1, 2, 10, 37, 100, 1_000, 54_321, 10_000_000]


def successes(n):
    """None, few, all but few, and some between."""
    return sorted({x for x in (0, 1, 2, 9, 15, n // 7, n // 2, n - 15, n - 1, n) if 0 <= x <= n})


def binomial_intervals(method):
    return [
        {"x": x, "n": n, "confidence": confidence, "low": float(low), "high": float(high)}
        for n in TRIALS
        for x in successes(n)
        for confidence in CONFIDENCES
        for low, high in [proportion_confint(x, n, 1 - confidence, method)]
    ]


def clopper_pearson():
    """Whole counts, and the fractional ones of effective numbers."""
    rows = binomial_intervals("beta")
    for x, n in [(2.5, 40.5), (0.3, 12.7), (9.75, 1234567.5), (14.2, 15.3)]:
        low, high = stats.beta.ppf(0.025, x, n - x + 1), stats.beta.ppf(0.975, x + 1, n - x)
        rows.append({"x": x, "n": n, "confidence": 0.95, "low": low, "high": high})
    return rows


def mid_p():
    """Where what was seen, counted half, is as likely as the tail."""
    rows = []
    for n, confidence in itertools.product([10, 37, 100, 1_000], (0.5, 0.95)):
        tail = (1 - confidence) / 2
        for x in (x for x in successes(n) if 0 < x < n):
            above = optimize.brentq(lambda p: stats.binom.sf(x, n, p) + stats.binom.pmf(x, n, p) / 2 - tail, 0, 1, xtol=1e-15, rtol=1e-14)
            below = optimize.brentq(lambda p: stats.binom.cdf(x - 1, n, p) + stats.binom.pmf(x, n, p) / 2 - tail, 0, 1, xtol=1e-15, rtol=1e-14)
            rows.append({"x": x, "n": n, "confidence": confidence, "low": above, "high": below})
    return rows


def blaker_tail(x, n, p):
    """How likely counts are that are no likelier than x, by the tail that each is in."""
    own = np.minimum(stats.binom.sf(x - 1, n, p), stats.binom.cdf(x, n, p))
    counts = np.arange(n + 1)
    tails = np.minimum(stats.binom.sf(counts - 1, n, p), stats.binom.cdf(counts, n, p))
    return stats.binom.pmf(counts, n, p)[tails <= own * (1 + 1e-12)].sum()


def blaker():
    """The first p of a fine grid that is not rejected, and the point before it by bisection; mirrored for the other end."""
    def low_end(x, n, tail):
        if x == 0:
            return 0.0
        grid = np.linspace(0, x / n, 4001)[1:]
        first = next(i for i, p in enumerate(grid) if blaker_tail(x, n, p) >= tail)
        rejected, held = (grid[first - 1] if first else 0.0), grid[first]
        for _ in range(60):
            middle = (rejected + held) / 2
            rejected, held = (rejected, middle) if blaker_tail(x, n, middle) >= tail else (middle, held)
        return held

    return [
        {"x": x, "n": n, "confidence": confidence, "low": low_end(x, n, 1 - confidence), "high": 1 - low_end(n - x, n, 1 - confidence)}
        for n, confidence in itertools.product([1, 7, 30, 33], (0.8, 0.95))
        for x in successes(n)
    ]


def normal_quantiles():
    return [{"p": p, "value": stats.norm.ppf(p)} for p in (1e-300, 1e-12, 1e-4, 0.025, 0.5, 0.7, 0.975, 1 - 1e-9)]


def student_quantiles():
    return [
        {"p": p, "df": df, "value": stats.t.ppf(p, df)}
        for p in (1e-6, 0.025, 0.3, 0.5, 0.975, 0.9995, 1 - 0.025 / 1000)
        for df in (1, 2, 2.5, 4, 9, 29, 40.35, 1_000, 1e6)
    ]


def beta_quantiles():
    shapes = [(0.5, 0.5), (1, 1), (1, 10), (2.5, 38), (5_000, 5_000), (10, 1e7), (1e5, 3)]
    return [
        {"p": p, "a": a, "b": b, "value": stats.beta.ppf(p, a, b)}
        for p in (0.000025, 0.025, 0.5, 0.975)
        for a, b in shapes
    ]


def fisher():
    """Twice the smaller tail."""
    tables = [(3, 10, 4, 9), (0, 5, 5, 5), (1, 1, 0, 1), (0, 100, 0, 900), (100, 100, 900, 900), (50, 100, 450, 900)]
    tables += [(12, 100, 60, 900), (80, 100, 650, 900), (30, 1_000, 500, 9_000), (700, 1_000, 6_100, 9_000)]
    tables += [(5_200, 10_000, 5_000, 10_000), (2, 1_000, 0, 1_000), (0, 1_000, 30, 9_000)]
    rows = []
    for x1, n1, x2, n2 in tables:
        x1s = stats.hypergeom(n1 + n2, x1 + x2, n1)
        p = min(1.0, 2 * min(x1s.cdf(x1), x1s.sf(x1 - 1)))
        rows.append({"x1": x1, "n1": n1, "x2": x2, "n2": n2, "p": p})
    return rows


def binomial_tests():
    cases = [(n, x, edge) for n in (1, 10, 60, 2_000, 100_000, 10_000_000) for x in successes(n) for edge in (0.01, 0.5, 0.94)]
    rows = []
    for n, x, edge in cases:
        below = stats.binomtest(x, n, edge, alternative="less").pvalue
        above = stats.binomtest(x, n, edge, alternative="greater").pvalue
        rows.append({"x": x, "n": n, "edge": edge, "below": below, "above": above})
    return rows


P_VALUES = [
    [0.03],
    [0.01, 0.04, 0.03, 0.005],
    [0.5, 0.5, 0.5],
    [0.0, 1.0, 1e-300, 0.02, 0.02],
    [round(0.001 * k * k, 6) for k in range(30)][::-1],
]


def adjustments():
    return [
        {"p": p, "holm": list(multipletests(p, method="holm")[1]), "benjaminiHochberg": list(stats.false_discovery_control(p))}
        for p in P_VALUES
    ]


SERIES = [
    [1.9, 2.0, 2.1, 2.2, 1.8],
    [0.0, 0.0, 1.0],
    [1e9 + k % 7 for k in range(60)],
    [(-1) ** k * 1e-12 * k * k for k in range(11)],
]


ORDERS = [
    ([1, 2, 3, 4], [1, 2, 3, 4]),
    ([1, 2, 3, 4], [4, 3, 2, 1]),
    ([0.5, 0.5, 0.2, 0.1, 0.0], [0.4, 0.1, 0.2, 0.2, 0.1]),
    ([k * 37 % 101 for k in range(100)], [k * 11 % 13 for k in range(100)]),
]


def rank_correlations():
    return [{"x": x, "y": y, "tau": stats.kendalltau(x, y).statistic} for x, y in ORDERS]


def likelihood_ratios():
    """Of two runs' independent ticks: a G test of the counts."""
    rows = []
    for a, b in [([50, 30, 20], [45, 35, 20]), ([700, 200, 60, 40], [640, 260, 55, 45]), ([100, 100], [100, 100])]:
        test = stats.chi2_contingency([a, b], correction=False, lambda_="log-likelihood")
        rows.append({"a": a, "b": b, "statistic": test.statistic, "p": test.pvalue})
    return rows


def means():
    rows = []
    for values, confidence in itertools.product(SERIES, (0.95, 0.99)):
        described = DescrStatsW(np.array(values))
        low, high = described.tconfint_mean(1 - confidence)
        rows.append({"values": values, "confidence": confidence, "mean": float(np.mean(values)), "low": low, "high": high})
    return rows


def overhead(workloads, replicates, noise):
    """Rows of a planted model, with scatter that is the same everywhere this is run."""
    rows = []
    for group, python, c in workloads:
        for replicate in range(replicates):
            scatter = noise * (((group * 7 + replicate * 3) % 5) - 2 + 0.1 * replicate)
            added = 0.02 + 15e-9 * python + 60e-9 * c + scatter
            rows.append({"added": added, "predictors": [python, c], "weight": 1.0 + group % 3, "group": group})
    return rows


WORKLOADS = [(0, 1e6, 0), (1, 2e6, 1e6), (2, 5e6, 3e5), (3, 1e7, 2e6), (4, 3e5, 5e6), (5, 8e6, 8e6)]


def within_sets(rows):
    """Σ weight · (added − weighted mean)² among rows that share their predictors, and how many such sets there are."""
    sets = {}
    for row in rows:
        sets.setdefault(tuple(row["predictors"]), []).append((row["added"], row["weight"]))
    squares = 0.0
    for members in sets.values():
        added, weights = np.array(members).T
        squares += float((weights * (added - np.average(added, weights=weights)) ** 2).sum())
    return squares, len(sets)


def fitted(rows):
    x = sm.add_constant(np.array([row["predictors"] for row in rows]), has_constant="add")
    return sm.WLS([row["added"] for row in rows], x, weights=[row["weight"] for row in rows]).fit(method="qr")


def left_out(rows):
    """By group: what it added on average, and what a fit to the others predicts."""
    predictions = []
    for group in sorted({row["group"] for row in rows}):
        own = [row for row in rows if row["group"] == group]
        costs = fitted([row for row in rows if row["group"] != group]).params
        predicted = np.mean([costs[0] + np.dot(costs[1:], row["predictors"]) for row in own])
        predictions.append({"measured": float(np.mean([row["added"] for row in own])), "predicted": float(predicted)})
    return predictions


def regressions():
    cases = []
    for replicates, noise in [(1, 1e-3), (3, 1e-3), (4, 1e-2)]:
        rows = overhead(WORKLOADS, replicates, noise)
        fit = fitted(rows)
        case = {"rows": rows, "values": list(fit.params), "bounds": fit.conf_int().tolist(), "leftOut": left_out(rows)}
        if replicates > 1:
            pure, sets = within_sets(rows)
            lack = (sets - 3, len(rows) - sets)
            f = (fit.ssr - pure) / lack[0] / (pure / lack[1])
            case["lackOfFit"] = {"f": f, "p": float(stats.f.sf(f, *lack))}
        cases.append(case)
    return cases


def crossed_effects():
    """What another unit with another item would give, of numbers by unit, item and number; and a function of it."""
    random = np.random.default_rng(7)
    cases = []
    for units, sizes in [(3, [(2, 2)]), (5, [(8, 3), (4, 2)]), (12, [(7, 2), (3, 1)])]:
        blocks = [random.normal(20, 5, (units, items, count)) + random.normal(0, 3, (units, 1, count)) for items, count in sizes]
        means = np.concatenate([block.mean(axis=1) for block in blocks], axis=1)
        between = np.cov(means, rowvar=False, ddof=1) * (1 + 1 / units)
        covariance, freedom, start = between.copy(), [], 0
        for block, (items, count) in zip(blocks, sizes):
            own = np.atleast_2d(np.cov(block.mean(axis=0), rowvar=False, ddof=1)) * (1 + 1 / items)
            part = slice(start, start + count)
            covariance[part, part] += own
            a, b = np.diag(between)[part], np.diag(own)
            freedom += list((a + b) ** 2 / (a ** 2 / (units - 1) + b ** 2 / (items - 1)))
            start += count
        gradient = random.normal(0, 1, start)
        variance = gradient @ covariance @ gradient
        reach = np.sqrt(variance) * stats.t.ppf(0.975, min(freedom))
        cases.append({
            "blocks": [block.tolist() for block in blocks], "mean": means.mean(axis=0).tolist(), "covariance": covariance.tolist(),
            "df": min(freedom), "gradient": gradient.tolist(), "variance": variance, "reach": reach})
    return cases


PRECISION = 10.0


def integral(logarithm, ends, peak):
    """The logarithm of an integral over a function of which the logarithm is known."""
    top = logarithm(peak)
    value, _ = integrate.quad(lambda at: np.exp(logarithm(at) - top), *ends, points=[peak], limit=500, epsabs=0, epsrel=1e-13)
    return np.log(value) + top


def gamma_law(x):
    """The logarithm of a density of mean 1, but for a constant."""
    return (PRECISION - 1) * np.log(x) - PRECISION * x


def sub_exponential_mean(s, v):
    """Of exp(λs − ψ(λ)v), by the definition: over λ, with the density of a gamma law in 1 − λ that is cut off at 1."""
    tiny = 1e-300

    def weighed(at):
        rest = max(1 - at, tiny)
        return at * s + (np.log(rest) + at) * v + gamma_law(rest)

    return integral(weighed, (0, 1), (s + 1) / (s + v + PRECISION)) - integral(lambda at: gamma_law(max(1 - at, tiny)), (0, 1), 0.1)


def poisson_mean(count, expected):
    """Of θ^count e^(−expected(θ − 1)) over a gamma law of θ."""
    peak = (count + PRECISION - 1) / (expected + PRECISION)
    ends = (1e-300, peak + 60 * (peak + 1) / np.sqrt(count + PRECISION))
    above = integral(lambda at: count * np.log(at) - expected * (at - 1) + gamma_law(at), ends, peak)
    return above - integral(gamma_law, (1e-300, 30), 0.9)


def boundaries():
    rows = []
    for v, error in itertools.product([0.0, 0.7, 12.0, 400.0, 30_000.0], [0.5, 0.02, 1e-5]):
        level, high = -np.log(error), 1.0
        while sub_exponential_mean(high, v) < level:
            high *= 2
        rows.append({"v": v, "error": error, "value": digits(optimize.brentq(lambda s: sub_exponential_mean(s, v) - level, 0, high, xtol=1e-13, rtol=1e-14))})
    return rows


def poisson_pairs():
    """At the whole at which the product of both means is least."""
    rows = []
    for x, y, share in [(0, 40, 0.1), (7, 3, 0.2), (50, 950, 0.05), (400, 600, 0.5), (3000.5, 9000, 0.24)]:
        def product(whole, x=x, y=y, share=share):
            return poisson_mean(x, share * whole) + poisson_mean(y, (1 - share) * whole)

        least = optimize.minimize_scalar(product, bounds=(0, 3 * (x + y) + 10), method="bounded", options={"xatol": 1e-7 * (x + y)})
        rows.append({"x": x, "y": y, "share": share, "value": digits(least.fun)})
    return rows


def digits(value):
    """Eleven of them: the last ones of an integral are the machine's."""
    return float(f"{value:.11g}")


def reference():
    return {
        "wilson": binomial_intervals("wilson"),
        "clopperPearson": clopper_pearson(),
        "midP": mid_p(),
        "blaker": blaker(),
        "normalQuantiles": normal_quantiles(),
        "studentQuantiles": student_quantiles(),
        "betaQuantiles": beta_quantiles(),
        "fisher": fisher(),
        "binomialTests": binomial_tests(),
        "adjustments": adjustments(),
        "rankCorrelations": rank_correlations(),
        "likelihoodRatios": likelihood_ratios(),
        "means": means(),
        "regressions": regressions(),
        "crossedEffects": crossed_effects(),
        "boundaries": boundaries(),
        "poissonPairs": poisson_pairs(),
    }


def plain(value):
    """The same without NumPy's types."""
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(member) for member in value]
    return value.item() if isinstance(value, np.generic) else value


def text(table):
    """One case a line, so that differences can be read."""
    parts = []
    for name, cases in table.items():
        lines = ",\n".join("  " + json.dumps(case, allow_nan=False) for case in cases)
        parts.append(f'"{name}": [\n{lines}\n]')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(text(plain(reference())))
