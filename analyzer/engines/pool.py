"""Runs a part on partitions that come one after another, on the cores of this machine."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analyzer.engines.contract import Part
from analyzer.errors import EngineError
from analyzer.orphans import end_with_parent

DIED = (
    "a worker process died, perhaps for lack of memory: nothing was written; "
    "use smaller partitions (--partition) or fewer workers (--workers)"
)


class Workers:
    """Processes of this machine; they start when they are needed, or `ahead` of that."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def close(self) -> None:
        """Let them end; what they have not begun is left undone."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def ahead(self) -> None:
        """Let them start and import what they need while the claims are read."""
        if self._count > 1:
            for _ in range(self._count):
                self._started().submit(_get_ready)

    def run(self, partitions: Iterable[pd.DataFrame], part: Part) -> Iterator[pd.DataFrame]:
        """What the part says of each partition, as they are done.

        No more partitions are taken than there are workers, so memory is bounded by their size.

        Raises
        ------
        EngineError
            When a worker dies.
        """
        partitions = iter(partitions)
        few = list(islice(partitions, 2))
        if self._count == 1 or len(few) < 2:
            yield from map(part, chain(few, partitions))
            return
        with TemporaryDirectory() as folder:
            path = Path(folder) / "part"  # read once by each worker, not sent with each partition
            path.write_bytes(pickle.dumps(part))
            try:
                yield from self._spread(chain(few, partitions), path)
            except BrokenProcessPool as error:
                raise EngineError(DIED) from error

    def _spread(self, partitions: Iterable[pd.DataFrame], path: Path) -> Iterator[pd.DataFrame]:
        running: set[Future[pd.DataFrame]] = set()
        for claims in partitions:
            if len(running) == self._count:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
            running.add(self._started().submit(_tell, path, claims))
        yield from (one.result() for one in running)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # spawned, not forked: the same on every system, and safe beside a library's threads
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self._count, mp_context=context, initializer=end_with_parent
            )
        return self._pool


def _get_ready() -> None:
    import analyzer.engines.partition
    import analyzer.pipeline  # noqa: F401  (what each part needs, slow to import)


def _tell(path: Path, claims: pd.DataFrame) -> pd.DataFrame:
    return _part(path)(claims)


@lru_cache(maxsize=1)
def _part(path: Path) -> Part:
    part: Part = pickle.loads(path.read_bytes())
    return part
