"""An interruption before solving ends the program with 130 and without a traceback."""

import subprocess
import sys

import pytest

INTERRUPT = "import os, signal; from optimizer.command_line_start import heed_interruptions; heed_interruptions(); "


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill sends no SIGINT on Windows")
def test_interrupted_while_loading() -> None:
    code = INTERRUPT + "os.kill(os.getpid(), signal.SIGINT)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr.strip(), run.stdout) == (130, "Interrupted.", "")


def test_program_begins_there() -> None:
    run = subprocess.run([sys.executable, "-m", "optimizer", "--version"], capture_output=True, text=True, check=False)
    assert run.returncode == 0
    assert "countyplan" in run.stdout
