"""The page of a ranking: how sure each pick is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pandas import DataFrame

from models.plan import Status
from reports.assessment_book import fact_text
from reports.background import Background
from reports.charts.picture import percent
from reports.charts.ranking import ranking_pictures
from reports.columns import Column
from reports.html.findings_page import Filter, Overview, Part, exact_listing, findings_page
from reports.html.headline import Tile
from reports.html.listing import Listing
from reports.html.shell import figure_of, write_content
from reports.ranking import CLASSES, Ranking, mean_difference, standings
from reports.ranking_tables import ALONE, SHEETS, figures_of, frames

KIND = "ranking"

MANY = 20
"""Plans from which on a share of 95 % is another one than all."""

PICKS = (
    "rank", "county_name", "province_name", "joining", "timing", "share", "best_year", "usual", "earliest", "latest",
)  # fmt: skip
"""Columns of the table Counties that the table of picks has."""
WORTH = ("left_out", "left_out_least", "left_out_most", "must_join")
"""The same of what picks are worth, where any was looked at."""
ESTIMATES = ("basis", "left_out_estimate")
"""The same where choices have bounds; of the years, earliest and latest are enough then."""


TELLING = {"basis": {"proven"}, "must_join": {"yes"}}
"""Columns that say nothing unless one of these values is among them."""


@dataclass(frozen=True)
class Titled:
    """Name, title and meaning of a table."""

    name: str
    title: str
    meaning: str


PICKS_TABLE = Titled(
    "picks",
    "Picks",
    "Each county in the order of joining: how sure it is that it joins, and when; in which years plans have it join; "
    "and what leaving it out costs, where that was looked at.",
)


def write_ranking_page(path: Path, ranking: Ranking, background: Background) -> None:
    """Write the page; an existing file is replaced only by a finished one. Raises `OSError` when it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_content(path, ranking_page(ranking, background))


def ranking_page(ranking: Ranking, background: Background) -> str:
    """The page as the content of a file."""
    instance, made = ranking.instance, frames(ranking)
    listings = [exact_listing(instance, sheet, sheet.columns(instance), made[sheet.name]) for sheet in SHEETS]
    listings = [listing for listing in listings if listing.rows]
    picks = _picks(ranking, made["counties"])
    known = {listing.title: listing.name for listing in (picks, *listings)}
    drawn = {name: figure_of(name, picture, known) for name, picture in ranking_pictures(ranking).items()}
    sure = tuple(drawn[name] for name in ("classes", "certainty") if name in drawn)
    facts = [(figure, fact_text(value, unit), remark) for figure, value, unit, remark in figures_of(ranking)]
    return findings_page(
        instance,
        background,
        Overview(_badge(ranking), list(_sentences(ranking)), list(_tiles(ranking))),
        [
            Part("picks", "Each pick", listings=(picks,), filter=_filter(picks, made["counties"])),
            Part("sure", "How sure picks and years are", figures=sure),
            Part("worth", "What picks are worth", figures=(drawn["worth"],) if "worth" in drawn else ()),
        ],
        kind=KIND,
        asked="how sure each pick is",
        about=[
            f"Variant: {instance.variant}",
            f"{_plans(ranking)} within {percent(ranking.within)} of the best",
        ],
        lines=[(figure, _line(text, remark)) for figure, text, remark in facts],
        listings=listings,
        remarks=(),
    )


def _line(text: str, remark: str) -> str:
    if text == "not known" and len(remark) > 80:
        return remark
    return f"{text}: {remark}" if remark else text


def _picks(ranking: Ranking, counties: DataFrame) -> Listing:
    wanted = {*PICKS, *(WORTH if ranking.worths else ())}
    if ranking.bounds is not None:
        wanted = wanted - {"usual", "left_out_most"} | {*ESTIMATES}
    telling = {name for name in wanted if name not in TELLING or TELLING[name] & set(counties[name])}
    wanted = {name for name in telling if name != "left_out" or counties[name].notna().any()}
    columns: list[Column] = [column for column in SHEETS[0].columns(ranking.instance) if column.name in wanted]
    return exact_listing(ranking.instance, PICKS_TABLE, columns, counties[[column.name for column in columns]])


def _filter(picks: Listing, counties: DataFrame) -> Filter:
    """Buttons for the classes of joining years; a county that never joins has none."""
    found = list(counties["timing"])
    values = [(kind, found.count(kind)) for kind in CLASSES if kind in found]
    return Filter(picks.name, PICKS.index("timing"), "Show counties whose year is", tuple(values))


def _badge(ranking: Ranking) -> tuple[str, str]:
    told = f"{_plans(ranking)} compared" if ranking.compared else "One plan alone: nothing to compare it with"
    if ranking.best.status is not Status.SOLVED:
        return "fair", f"{told}; the search for the best stopped early"
    if ranking.interrupted:
        return "fair", f"{told}; interrupted"
    return "good" if ranking.compared else "fair", told


def _plans(ranking: Ranking) -> str:
    return f"{len(ranking.plans):,} plan{'s' if ranking.compared else ''}"


def _sentences(ranking: Ranking) -> Iterator[str]:
    if not ranking.compared:
        yield ALONE
        return
    told = standings(ranking)
    total, plans = len(told), len(ranking.plans)
    joins = sum(one.joining == "certain" for one in told)
    year = sum(one.joining == "certain" and one.timing == "certain" for one in told)
    free = sum(one.timing == "interchangeable" for one in told)
    yield (
        f"{plans} different plans, each at most {percent(ranking.within)} worse than the best known, were compared: "
        "what they share is hard to replace, what they differ in can be exchanged."
    )
    yield (
        f"Of {total:,} counties {joins:,} join in nearly all of them, {year:,} of these in the same year; for "
        f"{free:,} the year is interchangeable."
    )
    yield "Shares are of a sample of such plans and no probabilities."
    if plans < MANY:
        yield f"With {plans} plans one plan is {percent(1 / plans)} of them: more plans tell finer shares (--plans)."


def _tiles(ranking: Ranking) -> Iterator[Tile]:
    told = standings(ranking)
    of_all = f"of {len(told):,} counties"
    yield Tile("Plans compared", f"{len(ranking.plans):,}", f"at most {percent(ranking.within)} worse than the best")
    if not ranking.compared:
        return
    yield Tile("Joining is certain", f"{sum(one.joining == 'certain' for one in told):,}", of_all)
    yield Tile("Year is certain", f"{sum(one.timing == 'certain' for one in told):,}", of_all)
    yield Tile("Year is likely", f"{sum(one.timing == 'likely' for one in told):,}", of_all)
    yield Tile("Year is interchangeable", f"{sum(one.timing == 'interchangeable' for one in told):,}", of_all)
    apart = mean_difference(ranking)
    if apart is not None:
        yield Tile("Mean difference", percent(apart), "of picks that two of the plans do not share")
