"""There is no plan to go on from."""

from models.plan import Result


class NoPlan(Exception):
    """What starts from a plan has none to start from; `result` says why, None where it was interrupted."""

    def __init__(self, result: Result | None) -> None:
        super().__init__("no plan was found to begin with")
        self.result = result
