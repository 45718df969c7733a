"""Ctrl-C, which is heard wherever the program is.

Within an import it is put off until that is over: what imports modules in C makes other errors of
a `KeyboardInterrupt`, or none at all (`xml.etree` does without its part in C then), and the program
would go on as if nobody had stopped it. One that is raised where Python drops every error
(`__del__`, which the patterns of `regex` have plenty of) is raised again.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ASKED_AGAIN_AFTER = 0.01  # seconds, while an import goes on
_IMPORTING = "<frozen importlib._bootstrap"


@contextmanager
def noticed_stops() -> Iterator[list[int]]:
    """Has Ctrl-C raise `KeyboardInterrupt`, where Python has it do so and nobody else.

    Pressed a second time, it no longer waits for the end of an import. One that still waits when
    all is done is raised then: no timer outlives what it was set for.

    Yields:
        A list that gets the number of the signal each time the user stops the program.
    """
    stopped: list[int] = []
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield stopped
        return
    can_wait = hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    waiting = False

    def stop(_number: int, frame: FrameType | None) -> None:
        nonlocal waiting
        stopped.append(signal.SIGINT)
        if can_wait and len(stopped) == 1:
            look_again(0, frame)
            return
        waiting = False
        if can_wait:
            signal.setitimer(signal.ITIMER_REAL, 0)
        raise KeyboardInterrupt

    def look_again(_number: int, frame: FrameType | None) -> None:
        nonlocal waiting
        waiting = _is_importing(frame)
        if not waiting:
            raise KeyboardInterrupt
        signal.setitimer(signal.ITIMER_REAL, _ASKED_AGAIN_AFTER)

    def dropped(unraisable: sys.UnraisableHookArgs) -> None:
        nonlocal waiting
        if issubclass(unraisable.exc_type, KeyboardInterrupt):
            waiting = True
            signal.setitimer(signal.ITIMER_REAL, _ASKED_AGAIN_AFTER)
        else:
            noted(unraisable)

    noted = sys.unraisablehook
    if can_wait:
        sys.unraisablehook = dropped
        signal.signal(signal.SIGALRM, look_again)
    signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        sys.unraisablehook = noted
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if can_wait:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if waiting:
        raise KeyboardInterrupt


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith(_IMPORTING):
            return True
        frame = frame.f_back
    return False
