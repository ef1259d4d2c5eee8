"""Runs a part on partitions that come one after another, on the cores of this machine."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

import pandas as pd

from analyzer.engines.contract import Part
from analyzer.errors import EngineError
from analyzer.orphans import end_with_parent


def run_parts(
    partitions: Iterable[pd.DataFrame], part: Part, workers: int
) -> Iterator[pd.DataFrame]:
    """What the part says of each partition, as they are done.

    No more partitions are taken than there are workers, so memory is bounded by their size.

    Raises
    ------
    EngineError
        When a worker dies.
    """
    partitions = iter(partitions)
    few = list(islice(partitions, 2))
    partitions = chain(few, partitions)
    if workers == 1 or len(few) < 2:
        yield from map(part, partitions)
        return
    # spawned, not forked: the same on every system, and safe beside the threads of a library
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(part,))
    running: set[Future[pd.DataFrame]] = set()
    try:
        for claims in partitions:
            if len(running) == workers:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
            running.add(pool.submit(_tell, claims))
        yield from (one.result() for one in running)
    except BrokenProcessPool as error:
        message = (
            "a worker process died, perhaps for lack of memory: nothing was written; "
            "use smaller partitions (--partition) or fewer workers (--workers)"
        )
        raise EngineError(message) from error
    finally:
        pool.shutdown(cancel_futures=True)


_parts: list[Part] = []  # in a worker process: what it does, sent once and not with each partition


def _begin(part: Part) -> None:
    end_with_parent()
    _parts.append(part)


def _tell(claims: pd.DataFrame) -> pd.DataFrame:
    return _parts[0](claims)
