"""Valid inequalities."""

from models.rules import Rule

TIGHTENINGS: tuple[Rule, ...] = ()
