"""What the program tells the one who called it when it ends."""

from enum import IntEnum

from models.plan import Result, Status


class ExitCode(IntEnum):
    """Exit codes of the command line; `meaning` says each in words."""

    SOLVED = 0
    INTERNAL_ERROR = 1
    USAGE = 2
    INVALID_WORKBOOK = 3
    INFEASIBLE = 4
    STOPPED = 5
    NO_PLAN = 6
    INTERRUPTED = 130

    @property
    def meaning(self) -> str:
        """What the code says, in words."""
        return _MEANING[self]


_MEANING = {
    ExitCode.SOLVED: "done; for solve: a plan within the gap asked for",
    ExitCode.INTERNAL_ERROR: "a mistake in the program; one line says where its log is",
    ExitCode.USAGE: (
        "the command cannot be carried out as given: it names an option, file, variant or county that there is not, or "
        "a saved result without a plan where one is needed"
    ),
    ExitCode.INVALID_WORKBOOK: (
        "what stands in the workbook, a value put into it, a table or a saved result cannot be used or, for verify, "
        "does not hold; every problem is listed"
    ),
    ExitCode.INFEASIBLE: "no plan can satisfy every rule",
    ExitCode.STOPPED: "stopped early, as at the time limit, with a usable plan",
    ExitCode.NO_PLAN: "stopped early, as at the time limit, before a plan was found",
    ExitCode.INTERRUPTED: "interrupted with Ctrl-C; a plan found until then is still reported",
}

_OF_STATUS = {
    Status.SOLVED: ExitCode.SOLVED,
    Status.STOPPED: ExitCode.STOPPED,
    Status.NO_PLAN: ExitCode.NO_PLAN,
    Status.INFEASIBLE: ExitCode.INFEASIBLE,
    Status.UNBOUNDED: ExitCode.INVALID_WORKBOOK,
}


def exit_code(result: Result) -> ExitCode:
    """The exit code of a run."""
    return ExitCode.INTERRUPTED if result.interrupted else _OF_STATUS[result.status]
