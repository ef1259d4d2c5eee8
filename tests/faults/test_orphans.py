"""Workers end with the run that started them."""

import os
from pathlib import Path

import pytest
from runs import Start, wait_for

WORKING = """
import multiprocessing, os, sys, time
from concurrent.futures import ProcessPoolExecutor
from analyzer.orphans import end_with_parent
if __name__ == "__main__":
    spawned = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(2, mp_context=spawned, initializer=end_with_parent)
    pool.submit(time.sleep, 60)
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_workers_of_a_run_that_was_killed_end(place: Path, start: Start) -> None:
    (place / "working.py").write_text(WORKING)
    run = start("working.py")
    assert run.stdout is not None
    worker = int(run.stdout.readline())
    assert lives(worker)
    run.kill()
    run.wait()
    wait_for(lambda: not lives(worker))
    run.communicate(timeout=60)  # all who held its output are gone
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)
