"""A review open in a real browser: the server of a test, and a page at its address."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import align
from align.formats.alignment_json import write_alignment
from align.review.server import review_app
from align.review.session import Session

TOKEN = "a-token-of-the-tests"


@contextmanager
def serving(session):
    """Serves a review from this process; gives the address of its page."""
    import socket

    import uvicorn

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{listening.getsockname()[1]}"
        app = review_app(session, token=TOKEN, address=address)
        config = uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://{address}/{TOKEN}/"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def command(path):
    """Runs `align review` as a user does; gives its process and the address that it says."""
    process = subprocess.Popen(
        [sys.executable, "-m", "align", "review", str(path), "--no-browser"],
        env=os.environ | {"PYTHONPATH": str(Path(align.__file__).parents[1])},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        said = process.stderr.readline()
        yield process, re.search(r"http://\S+", said)[0]
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def write(folder, article):
    """An alignment file in a folder of its own."""
    path = folder / f"{article.name}.alignment.json"
    write_alignment(path, article)
    return path


class Desk:
    """A page with a review, seen as its reader sees it."""

    def __init__(self, page, session=None):
        self.page, self.session = page, session
        page.wait_for_selector(".row.current")

    def rows(self):
        """The texts of each row's two sides, segments apart by `/`."""
        self.page.locator("dialog").wait_for(state="detached")
        return self.page.evaluate(
            """() => [...document.querySelectorAll('.row')].map((row) =>
              ['source', 'target'].map((side) => [...row.querySelectorAll(
                `.segment[data-side=${side}]:not(.nothing)`)].map((s) => s.textContent)
                  .join(' / ')))"""
        )

    def pairs(self):
        """The keys of each row's two sides: `1 2|1`."""
        self.page.locator("dialog").wait_for(state="detached")
        return self.page.evaluate(
            """() => [...document.querySelectorAll('.row')].map((row) =>
              ['source', 'target'].map((side) => [...row.querySelectorAll(
                `.segment[data-side=${side}]:not(.nothing)`)].map((s) => s.dataset.key).join(' ')
              ).join('|'))"""
        )

    def go(self, side, key):
        """Goes to a segment, by the mouse."""
        self.page.locator(f'.segment[data-side={side}][data-key="{key}"]').first.click()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def button(self, name):
        self.page.locator(f"[data-command={name}]").click()

    def status(self):
        return self.page.locator("#status").inner_text()

    def saved(self):
        """Waits until everything is kept."""
        self.page.locator("#state", has_text="All saved").wait_for()
        return self


def open_session(path, **options):
    """A session on an alignment file."""
    return Session(path, **options)
