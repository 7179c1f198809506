#!/usr/bin/python3
"""Reference values for test/statistics, computed with numpy, scipy and statsmodels, not with slopegate's own code.

Run from anywhere:  /usr/bin/python3 test/statistics/reference/reference.py
It rewrites reference.json beside itself. Debian: apt-get install python3-scipy python3-statsmodels
"""
import itertools
import json
import pathlib

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import special, stats
from statsmodels.stats.multitest import multipletests


def number(value):
    return float(value)


def t_isf(alpha, df):
    """scipy 1.10's own isf is off by up to 1e-9 relative; Newton steps on its sf, which is exact to 1e-14, mend that."""
    t = stats.t.isf(alpha, df)
    for _ in range(6):
        t += (stats.t.sf(t, df) - alpha) / stats.t.pdf(t, df)
    return number(t)


def ols(x, y):
    y = np.asarray(y, float) - y[0]
    fit = sm.OLS(y, sm.add_constant(np.asarray(x, float) - np.mean(x))).fit()
    return number(fit.params[1]), number(fit.bse[1])


def r1():
    x = np.arange(0, 5251, 750)
    y = [31457280, 31461376, 31461376, 31526912, 31514624, 31514624, 31580160, 31584256]
    slope, error = ols(x, y)
    return {
        "x": x.tolist(), "y": y, "slope": slope, "slopeError": error,
    }


def r2():
    dfs = [1, 1.5, 2, 3, 4, 5, 5.496390029312028, 7, 10, 14, 29.7, 60, 200, 5000, 1e6]
    ts = [0, 1e-8, 1e-3, 0.1, 0.5, 1, 1.7, 2.5, 3.2, 5, 6.1, 10, 40, 63.66, 1e3, 1e6, -0.3, -1.1, -4, -25]
    tails = [0.4999, 0.49, 0.4, 0.25, 0.1, 0.05, 0.025, 0.015, 0.01, 0.005, 0.003, 0.002, 1e-4, 1e-6, 1e-9, 1e-12, 1e-15]
    upper = [[t, df, number(stats.t.sf(t, df))] for df in dfs for t in ts if stats.t.sf(t, df) > 1e-280]
    quantile = [[alpha, df, t_isf(alpha, df)] for df in dfs for alpha in tails]
    f = [[alpha, a, b, number(stats.f.isf(alpha, a, b))] for alpha in (0.05, 0.1, 0.01) for a, b in ((2, 4), (4, 5), (1, 1), (7, 30))]
    gamma = [[x, number(special.gammaln(x))] for x in (0.5, 1, 2, 3.5, 9.9, 10, 123.4, 5e5)]
    beta = [[a, b, x, number(special.betainc(a, b, x))] for a in (0.5, 1, 2.5, 20) for b in (0.5, 3, 40) for x in (1e-6, 0.1, 0.5, 0.9)]
    normal = [[z, number(stats.norm.sf(z))] for z in (-8, -2.5, -0.3, 0, 1e-8, 0.1, 1, 2.4999, 2.5, 2.878, 4, 8, 20, 37)]
    normal_quantile = [[alpha, number(stats.norm.isf(alpha))] for alpha in (0.9, 0.4, 0.05, 0.01, 0.002, 1e-6, 1e-15)]
    return {"normal": normal, "normalQuantile": normal_quantile, "upperTail": upper, "quantile": quantile, "fQuantile": f, "logGamma": gamma, "incompleteBeta": beta}


B = [3.1, 0, 4.4, -0.6, 2]
C = [35.2, 28.9, 41, 30.3, 33.6]


def paired(values, thresholds=()):
    values = np.asarray(values, float)
    n, m, sd = len(values), values.mean(), values.std(ddof=1)
    se = sd / np.sqrt(n)
    low, high = m - t_isf(0.025, n - 1) * se, m + t_isf(0.025, n - 1) * se
    return {"mean": number(m), "sd": number(sd), "t": number(m / se), "low": number(low), "high": number(high),
            "pAtMost": [[d, number(stats.t.sf((m - d) / se, n - 1))] for d in thresholds]}


def r3():
    d = np.subtract(C, B)
    return {"baseline": B, "candidate": C, "five": paired(d, (16, 64)), "three": paired(d[:3], (16,))}


def r4():
    fit = sm.stats.CompareMeans(sm.stats.DescrStatsW(C), sm.stats.DescrStatsW(B))
    t, p, df = fit.ttest_ind(usevar="unequal")
    low, high = fit.tconfint_diff(usevar="unequal")
    return {"t": number(t), "p": number(p), "df": number(df), "low": number(low), "high": number(high)}


def floored(values, requests):
    values = np.asarray(values, float)
    n, m, sd, floor = len(values), values.mean(), values.std(ddof=1), 49152 / requests
    se = max(sd, floor) / np.sqrt(n)
    return {"values": values.tolist(), "requests": requests, "floor": floor, "sd": number(sd), "mean": number(m),
            "low": number(m - t_isf(0.025, n - 1) * se), "high": number(m + t_isf(0.025, n - 1) * se),
            "lower99": number(m - t_isf(0.01, n - 1) * se), "upper95": number(m + t_isf(0.05, n - 1) * se)}


def r6():
    d, d0, s0 = np.array([4.0, 9, 5]), 4, 3
    s2 = d.var(ddof=1)
    post = (d0 * s0**2 + 2 * s2) / (d0 + 2)
    se = np.sqrt(post / 3)
    return {"values": d.tolist(), "priorDf": d0, "priorDeviation": s0, "variance": number(post), "t": number(d.mean() / se), "df": 6,
            "p": number(stats.t.sf(d.mean() / se, 6)), "halfWidth95": number(t_isf(0.025, 6) * se)}


def r7():
    p = [0.0004, 0.012, 0.0009, 0.2, 0.04, 0.5, 0.0062, 0.9]
    return {"p": p, "adjusted": [number(v) for v in multipletests(p, method="holm")[1]]}


def r9():
    cases = []
    for window, tau in ((300, 100), (300, 300), (600, 1000)):
        t = np.arange(window)
        x, y = 75.0 * t, 25e6 * (1 - np.exp(-t / tau))
        half = window // 2
        b1, b2 = ols(x[:half], y[:half])[0], ols(x[half:], y[half:])[0]
        cases.append({"window": window, "tau": tau, "slope": ols(x, y)[0], "first": b1, "second": b2, "ratio": b2 / b1})
    return cases


def r10():
    y = 1e6 * np.array([10, 14, 18, 22, 26, 12, 16, 20, 24, 28, 13, 17, 21, 25, 29])
    drawdown = number(np.max(np.maximum.accumulate(y) - y))
    decreases = number(-np.minimum(np.diff(y), 0).sum())
    teeth = decreases / drawdown
    return {"y": y.tolist(), "drawdown": drawdown, "decreases": decreases, "teeth": teeth, "floor": 0.5 * drawdown / (teeth * 22425)}


def step_fit(x, y):
    k_all = np.arange(len(x))
    fits = []
    for k in range(2, len(x) - 2):
        design = np.column_stack([np.ones(len(x)), x - x.mean(), k_all > k, k_all == k])
        fit = sm.OLS(y - y[0], design).fit()
        fits.append((fit.ssr, fit.params[1], fit.params[2], k))
    return min(fits)


def hinge_fit(x, y):
    fits = []
    n = len(x)
    for k in range(-(-n // 8), 7 * n // 8):
        design = np.column_stack([np.ones(n), x - x.mean(), np.maximum(x - x[k], 0)])
        fits.append((sm.OLS(y - y[0], design).fit().ssr, k))
    return min(fits)


def r11():
    k = np.arange(60)
    x = 375.0 * k
    y = 5 * x + 18e6 * (k > 20) + 9e6 * (k == 20)
    noisy = y + 40000 * np.sin(1.7 * k)
    _, slope, height, at = step_fit(x, y)
    residual, noisy_slope, noisy_height, noisy_at = step_fit(x, noisy)
    hinge_residual, hinge_at = hinge_fit(x, noisy)
    return {"x": x.tolist(), "y": y.tolist(), "slope": number(slope), "height": number(height), "index": int(at), "plain": ols(x, y)[0],
            "noisy": {"y": noisy.tolist(), "slope": number(noisy_slope), "height": number(noisy_height), "index": int(noisy_at), "residual": number(residual),
                      "hingeResidual": number(hinge_residual), "hingeIndex": int(hinge_at)}}


def r12():
    i = np.arange(300)
    x = 75.0 * (i + 1)
    cases = []
    for b in (0, 8, 40, 64):
        base, cand = [], []
        for r in range(3):
            yb = 31457280 + 65536 * (i >= 37 + 50 * r) + 4096 * ((i + 13 * r) // 90) - 4096 * (i >= 200 + 11 * r)
            yc = 31457280 + 65536 * (i >= 181 - 40 * r) + 4096 * ((i + 29 * r) // 110) + 4096 * np.floor(b * x / 4096 + 0.3 * r)
            base.append(ols(x, yb)[0])
            cand.append(ols(x, yc)[0])
        cases.append({"leak": b, "baseline": base, "candidate": cand, **floored(np.subtract(cand, base), 22425)})
    return cases


def fill_beside():
    """Linear coefficient beside an exponential, and the best of the grid by residual."""
    u = (np.arange(60) + 0.5) / 60
    x = u * 22425
    y = 40 * x + 12e6 * (1 - np.exp(-u / 0.3)) + 30000 * np.cos(2.3 * np.arange(60))
    v = (x - x[0]) / (x[-1] - x[0])
    grid = [1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 3 / 4, 1, 1.5, 2, 3]
    fits = [sm.OLS(y, np.column_stack([np.ones(60), x - x.mean(), 1 - np.exp(-v / t)])).fit() for t in grid]
    best = int(np.argmin([f.ssr for f in fits]))
    return {"x": x.tolist(), "y": y.tolist(), "tau": grid[best], "slope": number(fits[best].params[1])}


def labels():
    """Growth by label: one regression on a line for each pair of blocks and the labels' counts, then the slope of what its departures leave."""
    rng = np.random.default_rng(11)
    x = 40.0 * (np.arange(96) + 1)
    signs = np.array([[1, 1, -1], [1, -1, 1], [1, -1, -1], [-1, -1, 1]])
    share = np.array([0.5, 0.3, 0.2])
    blocks = []
    for row in signs:
        up, down = share[row > 0].sum(), share[row < 0].sum()
        swing = 0.8 * min(up, down) * np.where(row > 0, 1 / up, -1 / down)
        blocks += [480 * share * (1 + swing), 480 * share * (1 - swing)]
    ends = 480.0 * np.arange(9)
    total = np.vstack([np.zeros(3), np.cumsum(blocks, axis=0)])
    counts = np.array([np.interp(x, ends, total[:, j]) for j in range(3)])
    pairs = np.minimum(np.floor((x - 1e-9) / 960), 3).astype(int)
    y = 3e7 + 400 * counts[0] - 20 * counts[1] + 50000 * np.cumsum(rng.random(96) < 0.1) + 9000 * np.sin(0.4 * np.arange(96))
    dummies = (pairs[:, None] == np.arange(4)).astype(float)
    design = np.column_stack([dummies, dummies * x[:, None], counts[0], counts[1]])
    departures = np.append(np.linalg.lstsq(design / np.linalg.norm(design, axis=0), y - y[0], rcond=None)[0][-2:] / np.linalg.norm(design, axis=0)[-2:], 0)
    spans = counts[:, -1] - counts[:, 0]
    departures -= departures @ spans / spans.sum()
    slope, _ = ols(x, y - departures @ (counts - np.outer(spans / spans.sum(), x)))
    growth = slope + departures
    return {"x": x.tolist(), "y": y.tolist(), "counts": counts.tolist(), "pairs": pairs.tolist(), "growth": growth.tolist(), "slope": slope}


result = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
    "r1": r1(), "r2": r2(), "r3": r3(), "r4": r4(),
    "r5": [floored([0, 0, 0], 8925), floored([0, 0, 12], 22425), floored([18, 22, 20, 19, 21], 22425)],
    "r6": r6(), "r7": r7(), "r9": r9(), "r10": r10(), "r11": r11(), "r12": r12(), "fill": fill_beside(), "labels": labels(),
}
path = pathlib.Path(__file__).with_name("reference.json")
path.write_text(json.dumps(result, indent=1) + "\n")
print(f"wrote {path}")
