"""The repeated jobs of the site. Each is a function, registered by its name with an interval of its own.

    @registry.job(_("Deleting old counts"), every=timedelta(hours=1))
    def delete_old_counts(now: datetime) -> None: ...

A worker (worker.py) calls it with the present time, in a thread and a database connection of its own. A worker may be
killed in the middle, and the job is then called again at once: each of its steps must be a transaction. Work that takes
long is cut into pieces: a job that returns something true has more to do and is called again at once, unless the worker
is asked to end. An exception is logged and shown to the lead (panel.py); the job is called again at its next time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise

Function = Callable[[datetime], object]
_jobs: "dict[str, Job]" = {}


@dataclass(frozen=True)
class Job:
    """`label`: its name for people, translated. `shared`: several workers may run it at once, each on its own timer."""

    name: str
    label: str | Promise
    every: timedelta
    run: Function
    shared: bool = False


def job(label: str | Promise, *, every: timedelta, shared: bool = False) -> Callable[[Function], Function]:
    """Register a function as a job; its name is the job's. Raises ValueError where the name is taken."""

    def register(function: Function) -> Function:
        name: str = function.__name__
        if name in _jobs:
            raise ValueError(f"There are two jobs called {name}.")
        _jobs[name] = Job(name, label, every, function, shared)
        return function

    return register


def jobs() -> list[Job]:
    """All jobs, in the order in which they were registered."""
    return list(_jobs.values())


def get(name: str) -> Job:
    """The job of that name. Raises KeyError."""
    return _jobs[name]
