"""Writes prophet-reference.json: a load of known make and the path that Prophet gives after it.

Run with Python 3, prophet 1.5.0, pandas 3.1.1, numpy 2.4.6:  python3 prophet-reference.py > prophet-reference.json
"""

import json
from datetime import datetime, timedelta
from math import cos, pi, sin

import numpy as np
import pandas as pd
import prophet

HOURS, AHEAD = 24 * 24, 48
START = datetime(2026, 9, 7)
HOLIDAYS = ["2026-09-15", "2026-09-24", "2026-10-02"]


def load(i, noise):
    trend = 100 + 0.06 * i + (-0.15 * (i - 300) if i > 300 else 0)
    day, week = 2 * pi * i / 24, 2 * pi * i / 168
    holiday = -25 if str((START + timedelta(hours=i)).date()) in HOLIDAYS else 0
    return round(trend + 20 * sin(day) + 8 * cos(2 * day) + 10 * sin(week) + holiday + 4 * noise, 4)


def main():
    noise = np.random.default_rng(7).standard_normal(HOURS)
    y = [load(i, noise[i]) for i in range(HOURS)]
    frame = pd.DataFrame({"ds": [START + timedelta(hours=i) for i in range(HOURS)], "y": y})
    holidays = pd.DataFrame({"holiday": "holiday", "ds": pd.to_datetime(HOLIDAYS)})
    model = prophet.Prophet(daily_seasonality=4, weekly_seasonality=3, holidays=holidays, uncertainty_samples=0)
    model.fit(frame, iter=20000, tol_rel_grad=1e-3, tol_rel_obj=1e-10, tol_obj=1e-14)
    path = model.predict(model.make_future_dataframe(AHEAD, freq="h", include_history=False))["yhat"]
    print(
        json.dumps(
            {
                "versions": {"prophet": prophet.__version__, "numpy": np.__version__, "pandas": pd.__version__},
                "start": START.isoformat() + "Z",
                "holidays": HOLIDAYS,
                "dailyPairs": 4,
                "weeklyPairs": 3,
                "load": y,
                "path": [round(float(v), 4) for v in path],
                "sigma": round(float(np.mean(model.params["sigma_obs"])) * float(model.y_scale), 4),
            },
            separators=(",", ":"),
        )
    )


if __name__ == "__main__":
    main()
