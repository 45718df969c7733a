"""Runs the command: `python -m align`, and what installing puts on the path as `align`."""

import signal


def main() -> None:
    """Runs the command and exits; see `align.cli.main`.

    What is imported takes a moment, in which Ctrl-C ends the process as it ends any other.
    """
    handler = signal.getsignal(signal.SIGINT)
    if handler is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from align.cli import main as run

    signal.signal(signal.SIGINT, handler)
    run()


if __name__ == "__main__":
    main()
