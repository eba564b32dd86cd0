import io
import signal

import pytest
from rich.console import Console

from optimizer.command_line.progress_display import STOPPING, ProgressDisplay
from optimizer.command_line.stopping import stoppable


def test_a_request_is_heard_shown_once_and_known_afterwards() -> None:
    before, told = signal.getsignal(signal.SIGINT), io.StringIO()
    with stoppable(ProgressDisplay(Console(file=told, width=200))) as stopping:
        assert not stopping.should_stop()
        signal.raise_signal(signal.SIGINT)
        assert told.getvalue() == ""
        assert stopping.should_stop()
        assert stopping.should_stop()
    assert stopping.requested
    assert told.getvalue().count(STOPPING) == 1
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_does_again_what_it_did_when_the_work_fails() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(OSError, match="no space"), stoppable(ProgressDisplay(Console(file=io.StringIO()))):
        raise OSError("no space")
    assert signal.getsignal(signal.SIGINT) is before
