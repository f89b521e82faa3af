"""Forecasts of statsforecast and Prophet for the bench: one JSON object in, one out.

In:  {"paths": [{"hours": [...], "steps": 48}, ...]}: hourly values, oldest first, and the hours after them that are wanted;
     or {"walks": [{"hours": [...], "first": 400, "leads": [1, 24]}, ...], "most": 672}: from each hour from "first" on,
     forecasts of the hours that end so many leads later, by models that are fitted once a day to the newest "most" hours.
Out: {"<model>": [{"forecasts": [[...], ...], "seconds": ...}, ...], ...}: for each task one path, or a list a lead, and the
     CPU of this process. A model that fails answers null for the task and says why on standard error.
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

# A model is a function from hours and the reach of its path to an answer: from hours that are known later, and how many
# steps are wanted after them, to the path. Later means less than a day, and within the reach.


def by_statsforecast(make):
    """Follows the newest hours with the parameters of the fit."""

    def fit(hours, reach):
        model = make().fit(y=np.asarray(hours, dtype=float))

        def after(known, steps):
            newer = len(known) > len(hours)
            answer = model.forward(y=np.asarray(known, dtype=float), h=steps) if newer else model.predict(h=steps)
            return answer["mean"]

        return after

    return fit


def by_path(path_of):
    """Keeps to the path of the fit, whatever comes."""

    def fit(hours, reach):
        path = path_of(hours, reach)

        def after(known, steps):
            newer = len(known) - len(hours)
            return path[newer : newer + steps]

        return after

    return fit


def mstl_path(hours, reach):
    # A week that has not come round twice is no season; Prophet's "auto" says the same.
    seasons = [DAY, WEEK] if len(hours) >= 2 * WEEK else [DAY]
    model = MSTL(season_length=seasons, trend_forecaster=AutoETS(model="ZZN"))
    return model.forecast(y=np.asarray(hours, dtype=float), h=reach)["mean"]


def prophet_path(hours, reach):
    stamps = pd.date_range(START, periods=len(hours) + reach, freq="h")
    model = Prophet(daily_seasonality="auto", weekly_seasonality="auto", yearly_seasonality=False)
    model.fit(pd.DataFrame({"ds": stamps[: len(hours)], "y": hours}))
    return model.predict(pd.DataFrame({"ds": stamps[len(hours) :]}))["yhat"].to_numpy()


STATSFORECAST = f"statsforecast {version('statsforecast')}"

MODELS = {
    f"{STATSFORECAST} SeasonalNaive": by_statsforecast(lambda: SeasonalNaive(DAY)),
    f"{STATSFORECAST} AutoTheta": by_statsforecast(lambda: AutoTheta(season_length=DAY)),
    f"{STATSFORECAST} AutoETS": by_statsforecast(lambda: AutoETS(season_length=DAY)),
    # Decomposing anew each hour would take an hour of CPU for the loads of the bench.
    f"{STATSFORECAST} MSTL": by_path(mstl_path),
    f"prophet {version('prophet')}": by_path(prophet_path),
}


def path_after(fit, task):
    return [finite(fit(task["hours"], task["steps"])(task["hours"], task["steps"]))]


def walked(fit, task, most):
    hours, leads = task["hours"], task["leads"]
    furthest = max(leads)
    forecasts = [[] for _ in leads]
    for day in range(task["first"], len(hours), DAY):
        start = max(0, day - most)
        after = fit(hours[start:day], DAY - 1 + furthest)
        for origin in range(day, min(day + DAY, len(hours))):
            path = finite(after(hours[start:origin], furthest))
            for k, lead in enumerate(leads):
                forecasts[k].append(path[lead - 1])
    return forecasts


def finite(path):
    values = [float(value) for value in path]
    if not np.isfinite(values).all():
        raise ValueError(f"a path of {len(values)} steps is not finite")
    return values


def answered(answer):
    begun = cpu_seconds()
    try:
        forecasts = answer()
    except Exception as error:  # A rival's own failure is an answer: there is none.
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        forecasts = None
    return {"forecasts": forecasts, "seconds": cpu_seconds() - begun}


def cpu_seconds():
    """Of this process and of those that it waited for: Prophet's optimiser is one."""
    return sum(os.times()[:4])


def answers(given):
    for name, fit in MODELS.items():
        # What is compiled or loaded at the first call is not the model's own time.
        answered(lambda: fit([float(hour % 7) for hour in range(2 * WEEK)], DAY))
        if "paths" in given:
            out = [answered(lambda: path_after(fit, task)) for task in given["paths"]]
        else:
            out = [answered(lambda: walked(fit, task, given["most"])) for task in given["walks"]]
        print(f"{name}: {sum(one['seconds'] for one in out):.0f} s", file=sys.stderr)
        yield name, out


json.dump(dict(answers(json.load(sys.stdin))), sys.stdout)
