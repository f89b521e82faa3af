"""Forecasts of statsforecast and Prophet for the bench: one JSON object in, one out.

In:  {"steps": 48, "histories": [[...], ...]}: hourly values, oldest first.
Out: {"<model>": {"paths": [[...], ...], "seconds": ...}, ...}: one path a history; seconds of one process, fit and
     forecast of all of them. A model that fails on a history answers null for it and says why on standard error.
"""

import json
import logging
import os
import sys
import warnings
from importlib.metadata import version

import numpy as np
import pandas as pd
from prophet import Prophet
from statsforecast.models import AutoETS, AutoTheta, MSTL, SeasonalNaive

DAY, WEEK = 24, 168
# Only the spacing of the hours matters to these models, and where in a week they lie: unknown here, as for every rival.
START = pd.Timestamp("2024-01-01")

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)


def by_statsforecast(make):
    def path(history, steps):
        return make().forecast(y=np.asarray(history, dtype=float), h=steps)["mean"]

    return path


def by_prophet(history, steps):
    hours = pd.date_range(START, periods=len(history) + steps, freq="h")
    model = Prophet(daily_seasonality=True, weekly_seasonality=True, yearly_seasonality=False)
    model.fit(pd.DataFrame({"ds": hours[: len(history)], "y": history}))
    return model.predict(pd.DataFrame({"ds": hours[len(history) :]}))["yhat"].to_numpy()


MODELS = {
    f"statsforecast {version('statsforecast')} SeasonalNaive": by_statsforecast(lambda: SeasonalNaive(DAY)),
    f"statsforecast {version('statsforecast')} AutoTheta": by_statsforecast(lambda: AutoTheta(season_length=DAY)),
    f"statsforecast {version('statsforecast')} AutoETS": by_statsforecast(lambda: AutoETS(season_length=DAY)),
    f"statsforecast {version('statsforecast')} MSTL": by_statsforecast(
        lambda: MSTL(season_length=[DAY, WEEK], trend_forecaster=AutoETS(model="ZZN"))
    ),
    f"prophet {version('prophet')}": by_prophet,
}


def answered(path, history, steps):
    try:
        return [float(value) for value in path(history, steps)]
    except Exception as error:  # A rival's own failure is an answer: there is none.
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return None


def cpu_seconds():
    """Of this process and of those that it waited for: Prophet's optimiser is one."""
    return sum(os.times()[:4])


def main():
    task = json.load(sys.stdin)
    out = {}
    for name, path in MODELS.items():
        # What is compiled or loaded at the first call is not the model's own time.
        answered(path, task["histories"][0], task["steps"])
        begun = cpu_seconds()
        paths = [answered(path, history, task["steps"]) for history in task["histories"]]
        out[name] = {"paths": paths, "seconds": cpu_seconds() - begun}
        print(f"{name}: {out[name]['seconds']:.0f} s", file=sys.stderr)
    json.dump(out, sys.stdout)


main()
