"""Writes arima-reference.json: likelihoods, estimates and paths of ARIMA models by statsmodels, on loads of known make.

Run with Python 3, statsmodels 0.15.0, numpy 2.4.6:  python3 arima-reference.py > arima-reference.json
"""

import itertools
import json
import warnings

import numpy as np
import statsmodels
from statsmodels.tsa.statespace.sarimax import SARIMAX
from statsmodels.tsa.stattools import kpss

AHEAD = 24


def simulated(seed, n, ar=(), ma=(), integrated=False):
    e = np.random.default_rng(seed).standard_normal(n + 200)
    x = np.zeros(n + 200)
    for t in range(len(x)):
        x[t] = e[t]
        x[t] += sum(a * x[t - k - 1] for k, a in enumerate(ar) if t > k)
        x[t] += sum(m * e[t - k - 1] for k, m in enumerate(ma) if t > k)
    x = x[200:]
    return np.round(np.cumsum(x) if integrated else x, 5)


def seasonal(seed, n):
    e = np.random.default_rng(seed).standard_normal(n + 200)
    x = np.zeros(n + 200)
    for t in range(24, len(x)):
        x[t] = 0.5 * x[t - 1] + 0.6 * x[t - 24] - 0.3 * x[t - 25] + e[t] + 0.3 * e[t - 1]
    return np.round(x[200:], 5)


def model(y, order, season=(0, 0, 0, 0)):
    return SARIMAX(y, order=order, seasonal_order=season, simple_differencing=True, trend=None)


def fit(one):
    """The highest maximum that several optimisers reach: some stop early. Models with a season have one, for time."""
    methods = ("lbfgs",) if one.k_states > 5 else ("lbfgs", "powell")
    found = [one.fit(disp=False, maxiter=500, method=method) for method in methods]
    return max(found, key=lambda fitted: fitted.llf)


def case(name, y, order, season=(0, 0, 0, 0)):
    fitted = fit(model(y, order, season))
    given = np.round(fitted.params * 0.9, 4)
    filtered = model(y, order, season).smooth(given)
    # Differenced values are forecast; summing them up again gives the path.
    path = fitted.forecast(AHEAD)
    given_path = filtered.forecast(AHEAD)
    if order[1] == 1:
        path, given_path = y[-1] + np.cumsum(path), y[-1] + np.cumsum(given_path)
    return {
        "name": name,
        "y": list(map(float, y)),
        "order": order,
        "season": season,
        "given": {
            "params": list(map(float, given)),
            "logLikelihood": float(filtered.llf),
            "path": [round(float(v), 8) for v in given_path],
        },
        "fitted": {
            "params": [round(float(v), 6) for v in fitted.params],
            "logLikelihood": float(fitted.llf),
            "path": [round(float(v), 6) for v in path],
        },
    }


def best_of_grid(y, d):
    """The order of least AICc among all p, q ≤ 2, as R's auto.arima counts it."""
    found = []
    for p, q in itertools.product(range(3), range(3)):
        fitted = fit(model(y, (p, d, q)))
        found.append(((p, d, q), float(fitted.aicc)))
    return [{"order": order, "aicc": aicc} for order, aicc in sorted(found, key=lambda f: f[1])]


def regression(seed, n):
    e = simulated(seed, n, ar=(0.7,))
    event = (np.arange(n) % 50 < 3).astype(float)
    y = np.round(20 + 6 * event + e, 5)
    exog = np.column_stack([np.ones(n), event])
    fitted = fit(SARIMAX(y, exog=exog, order=(1, 0, 0)))
    return {"y": list(map(float, y)), "period": 50, "lasts": 3, "params": [round(float(v), 5) for v in fitted.params]}


def main():
    warnings.simplefilter("ignore")
    cases = [
        case("AR(2)", simulated(1, 300, ar=(0.6, 0.2)), (2, 0, 0)),
        case("MA(2)", simulated(2, 300, ma=(0.5, -0.3)), (0, 0, 2)),
        case("ARMA(1,1)", simulated(3, 300, ar=(0.8,), ma=(0.4,)), (1, 0, 1)),
        case("ARIMA(1,1,1)", simulated(4, 300, ar=(0.5,), ma=(-0.3,), integrated=True), (1, 1, 1)),
        case("SARIMA(1,0,1)(1,0,0)24", seasonal(5, 240), (1, 0, 1), (1, 0, 0, 24)),
    ]
    tested = [simulated(6, 200, ar=(0.4,)), simulated(7, 200, ar=(0.2,), integrated=True)]
    grids = [(simulated(1, 300, ar=(0.6, 0.2)), 0), (simulated(4, 300, ar=(0.5,), ma=(-0.3,), integrated=True), 1)]
    print(
        json.dumps(
            {
                "versions": {"statsmodels": statsmodels.__version__, "numpy": np.__version__},
                "cases": cases,
                "kpss": [
                    {"y": list(map(float, y)), "lags": 4, "statistic": float(kpss(y, regression="c", nlags=4)[0])}
                    for y in tested
                ],
                "grids": [{"y": list(map(float, y)), "d": d, "models": best_of_grid(y, d)} for y, d in grids],
                "regression": regression(8, 300),
            },
            separators=(",", ":"),
        )
    )


if __name__ == "__main__":
    main()
