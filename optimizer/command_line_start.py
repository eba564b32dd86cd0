"""Where the program `countyplan` begins: an interruption ends it quietly even while its libraries are loading."""

import os
import signal

INTERRUPTED = 130


def heed_interruptions() -> None:
    """From now on Ctrl-C ends the program with 130, until solving takes it over to keep the best plan."""
    signal.signal(signal.SIGINT, _leave)


def main() -> None:
    """Run the command line."""
    heed_interruptions()
    from optimizer.command_line import main as command_line  # loading takes a second or two

    command_line()


def _leave(*_: object) -> None:
    os.write(2, b"\nInterrupted.\n")
    os._exit(INTERRUPTED)
