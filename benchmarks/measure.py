"""Timing: contenders take turns, and a ratio is the median of the ratios within each turn."""

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median
from time import perf_counter_ns
from typing import TypeVar

R = TypeVar("R")
Work = Callable[[], object]
Turns = Mapping[str, Sequence[float]]


def each(ask: Callable[[R], object], records: Iterable[R]) -> Work:
    """Return the work of asking for every record once."""
    book = tuple(records)

    def work() -> None:
        for record in book:
            ask(record)

    return work


def take_turns(works: Mapping[str, Work], *, rounds: int, calls: int) -> Turns:
    """Return the microseconds a call of every contender, one number a round."""
    turns: dict[str, list[float]] = {name: [] for name in works}
    collecting = gc.isenabled()
    for work in works.values():
        work()
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds):
            order = list(works.items())
            for name, work in order if number % 2 else reversed(order):
                began = perf_counter_ns()
                work()
                turns[name].append((perf_counter_ns() - began) / 1000 / calls)
            gc.collect()
    finally:
        if collecting:
            gc.enable()
    return turns


def import_turns(codes: Mapping[str, str], *, rounds: int) -> Turns:
    """Return the milliseconds of a whole process that runs each code, one number a round.

    Bytecode is kept in a folder of its own, whatever the caller's environment says: the first turn,
    which is not counted, compiles.
    """
    with tempfile.TemporaryDirectory() as folder:
        cached = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        cached.pop("PYTHONDONTWRITEBYTECODE", None)

        def process(code: str) -> Work:
            return lambda: subprocess.run([sys.executable, "-c", code], check=True, env=cached)

        works = {name: process(code) for name, code in codes.items()}
        return take_turns(works, rounds=rounds, calls=1000)


def middle(turns: Turns, name: str) -> float:
    """Return the median of a contender."""
    return median(turns[name])


def ratio(turns: Turns, name: str, peer: str) -> float:
    """Return how many times as long as `peer` a contender takes."""
    pairs = zip(turns[name], turns[peer], strict=True)
    return median(own / other for own, other in pairs)
