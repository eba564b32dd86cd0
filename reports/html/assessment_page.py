"""The page of an assessment: what given choices cost against the best plan, and which rules they break."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pandas import DataFrame

from models.plan import Status
from reports.assessment import SHEETS, Assessment, figures_of, frames
from reports.assessment_book import fact_text, is_shown
from reports.background import Background
from reports.charts.assessment import assessment_pictures
from reports.columns import Column
from reports.html.findings_page import Overview, Part, exact_listing, findings_page
from reports.html.headline import Tile, amount
from reports.html.listing import Listing
from reports.html.shell import figure_of, write_content
from reports.plurals import counted
from reports.summary import AIMS

KIND = "assessment"

CHOICES = (
    "county_name", "province_name", "year", "best_year", "scored", "estimate", "alone", "alone_least", "alone_most",
    "saving", "words",
)  # fmt: skip
"""Columns of the sheet By county that the table of choices has."""


@dataclass(frozen=True)
class Titled:
    """Name, title and meaning of a table."""

    name: str
    title: str
    meaning: str


CHOICES_TABLE = Titled(
    "given",
    "Choices",
    "Each choice that was given, in which year the best plan has it, and what it costs by itself, where that was "
    "looked at; the dearest first.",
)


def write_assessment_page(path: Path, assessment: Assessment, background: Background) -> None:
    """Write the page; an existing file is replaced only by a finished one. Raises `OSError` when it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_content(path, assessment_page(assessment, background))


def assessment_page(assessment: Assessment, background: Background) -> str:
    """The page as the content of a file."""
    instance, made = assessment.instance, frames(assessment)
    listings = {
        sheet.name: exact_listing(instance, sheet, _columns(sheet.columns(instance), made[sheet.name]), frame)
        for sheet in SHEETS
        if len(frame := made[sheet.name])
    }
    broken = [listings.pop(name) for name in ("broken_rules", "given_up") if name in listings]
    choices = _choices(assessment, made["by_county"])
    known = {listing.title: listing.name for listing in (*choices, *broken, *listings.values())}
    drawn = [figure_of(name, picture, known) for name, picture in assessment_pictures(assessment).items()]
    facts = [(figure, fact_text(value, unit), remark) for figure, value, unit, remark in figures_of(assessment)]
    return findings_page(
        instance,
        background,
        Overview(_badge(assessment), list(_sentences(assessment)), list(_tiles(assessment))),
        [
            Part("broken", "What cannot be", listings=tuple(broken)),
            Part("costs", "Which choices matter", figures=tuple(drawn), listings=tuple(choices)),
        ],
        kind=KIND,
        asked="what given choices cost",
        about=[f"Variant: {instance.variant}", f"Choices: {assessment.source}"],
        lines=[(figure, f"{text}: {remark}" if remark else text) for figure, text, remark in facts],
        listings=list(listings.values()),
        remarks=(),
    )


def _columns(columns: Sequence[Column], frame: DataFrame) -> list[Column]:
    """Those with something in them."""
    return [column for column in columns if is_shown(frame, column.name)]


def _choices(assessment: Assessment, by_county: DataFrame) -> list[Listing]:
    if not len(by_county):
        return []
    wanted = {*CHOICES} - (set() if "no" in set(by_county["scored"]) else {"scored"})
    wanted -= set() if (by_county["alone_least"] > 0).any() else {"alone_least"}
    by_county = by_county.assign(cost=by_county["alone"].fillna(by_county["estimate"]))
    by_county = by_county.sort_values("cost", ascending=False, kind="stable", na_position="last")
    columns = next(sheet for sheet in SHEETS if sheet.name == "by_county").columns(assessment.instance)
    shown = _columns([column for column in columns if column.name in wanted], by_county)
    return [exact_listing(assessment.instance, CHOICES_TABLE, shown, by_county[[column.name for column in shown]])]


def _badge(assessment: Assessment) -> tuple[str, str]:
    found, regret = assessment.given, assessment.regret
    if found is None or found.plan is None:
        none = found is not None and found.status is Status.INFEASIBLE
        return "bad", "No plan makes these choices" if none else "No plan with these choices was found"
    if assessment.dropped or assessment.plants_dropped:
        return "bad", "Not all choices can be"
    if assessment.broken:
        return "bad", "Rules are broken"
    if regret.least:
        return "fair", "It is proven that the choices cost something"
    return "good", "It is not proven that the choices cost anything"


def _sentences(assessment: Assessment) -> Iterator[str]:
    instance, regret = assessment.instance, assessment.regret
    unit = AIMS[instance.policy.objective].unit.name(instance)
    given = len(assessment.kept) + len(assessment.dropped)
    counties = counted(given, "county", "counties")
    yield f"The choices of {counties}, from {assessment.source}, were set against the best plan without them."
    if assessment.broken:
        rules = counted(len(assessment.broken), "rule", "rules")
        yield f"By themselves they break {rules}."
    if assessment.dropped:
        left = counted(len(assessment.dropped), "was", "were")
        yield f"No plan makes all of them: {left} left out, and the others are judged."
    if regret.found is None or not assessment.value:
        return
    share = f"{100 * regret.found / abs(assessment.value):.3g} %"
    yield (
        f"The best plan found with the choices is {_figure(assessment, regret.found)} {unit} ({share}) worse than the "
        "best found without them."
    )
    least = "" if regret.least is None else f"at least {_figure(assessment, regret.least)}"
    most = "" if regret.most is None else f"at most {_figure(assessment, regret.most)}"
    yield f"Proven is {' and '.join(part for part in (least, most) if part) or 'nothing'}."
    same = sum(choice.best_year == choice.year for choice in assessment.choices)
    if assessment.choices:
        are = "is that" if same == 1 else "are those"
        yield f"{same:,} of {len(assessment.choices):,} choices {are} of the best plan found."


def _tiles(assessment: Assessment) -> Iterator[Tile]:
    instance, regret, value = assessment.instance, assessment.regret, assessment.value
    aim = AIMS[instance.policy.objective]
    unit = aim.unit.name(instance)
    found = assessment.given
    if found is not None and found.objective is not None:
        yield Tile(f"{aim.figure}, with them", _figure(assessment, found.objective), unit)
    if value is not None:
        yield Tile(f"{aim.figure}, without", _figure(assessment, value), unit)
    if regret.found is not None:
        yield Tile("What they cost", _figure(assessment, regret.found), unit)
    if regret.least is not None:
        yield Tile("Proven: at least", _figure(assessment, regret.least), unit)
    if regret.most is not None:
        yield Tile("Proven: at most", _figure(assessment, regret.most), unit)


def _figure(assessment: Assessment, value: float) -> str:
    return amount(value, AIMS[assessment.instance.policy.objective].unit.number_format)
