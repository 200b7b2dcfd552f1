"""A view count in time as the points of a small drawing (SVG), to the true scale of time. Pure; standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT, EDGE = 600, 120, 12


@dataclass(frozen=True, slots=True)
class Curve:
    """line: points of a polyline; dots: (x, y, value, when); low and high: the scale."""

    line: str
    dots: tuple[tuple[float, float, int, str], ...]
    low: int
    high: int


def curve(readings: list[tuple[str, int]]) -> Curve | None:
    """The drawing of (UTC time, value) readings in time order; null below two of them."""
    if len(readings) < 2:
        return None
    times = [datetime.fromisoformat(when).timestamp() for when, _ in readings]
    values = [value for _, value in readings]
    long, low, high = times[-1] - times[0] or 1.0, min(values), max(values)
    dots = tuple(
        (
            round(EDGE + (WIDTH - 2 * EDGE) * (t - times[0]) / long, 1),
            round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (v - low) / ((high - low) or 1), 1),
            v,
            when,
        )
        for t, (when, v) in zip(times, readings, strict=True)
    )
    return Curve(" ".join(f"{x},{y}" for x, y, _, _ in dots), dots, low, high)
