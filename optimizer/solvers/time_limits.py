"""The time limit of a run of HiGHS, whose clocks differ by the kind of run."""

from typing import Any

import highspy


def set_time_limit(highs: Any, seconds: float) -> None:
    """Let the next run of `highs` (a `highspy.Highs`) take this many seconds.

    A search with whole numbers is timed from its own beginning, a linear problem by a clock that runs on from one run
    to the next (seen with HiGHS 1.15.1; its documentation has one `time_limit` for both).
    """
    relaxed = highs.getOptionValue("solve_relaxation")[1]
    searched = not relaxed and highspy.HighsVarType.kInteger in highs.getLp().integrality_
    highs.setOptionValue("time_limit", seconds if searched else highs.getRunTime() + seconds)
