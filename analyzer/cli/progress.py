"""One live line of a terminal; silence in a pipe."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from types import TracebackType
from typing import Self

from analyzer.errors import shown


class Progress:
    """Shows a step and how long the whole has taken, while it is entered; call it for each step.

    Where stderr is no terminal nothing is shown. The line is renewed every second, so that a long
    step is seen to go on.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._step = ""
        self._start = time.monotonic()
        self._shown = sys.stderr.isatty()
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)
        self._lock = threading.Lock()

    def __call__(self, step: str) -> None:
        """Go on to a step."""
        self._step = step
        if self._shown:
            self._show()

    def __enter__(self) -> Self:
        if self._shown:
            self._ticker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            self._over.set()
            self._ticker.join()
            self._write("")

    @property
    def seconds(self) -> float:
        """Since it was made."""
        return time.monotonic() - self._start

    def _tick(self) -> None:
        while not self._over.wait(1):
            self._show()

    def _show(self) -> None:
        if self._step:
            self._write(f"{self._name}: {self._step}, {self.seconds:.0f} s")

    def _write(self, text: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        with self._lock:
            sys.stderr.write(f"\r\033[K{shown(text)[:width]}")
            sys.stderr.flush()
