"""The page of prices: what one more unit of each scarce thing would save."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from models.plan import Status
from reports.assessment_book import fact_text
from reports.background import Background
from reports.charts.prices import price_pictures
from reports.html.findings_page import Overview, Part, exact_listing, findings_page
from reports.html.headline import Tile
from reports.html.shell import figure_of, write_content
from reports.plurals import counted
from reports.price_words import SAME, change, money, round_unit, sentence
from reports.prices import SHEETS, figures_of, frames, telling
from reports.prices_data import Kind, Price, Prices, Resolved, loosened

KIND = "prices"

PRICED = ("what", "subject", "year", "amount", "unit", "kept", "parts")
ANEW = ("step", "found", "least", "most", "verdict")
"""Columns of the open table, and those of it about limits that were solved anew; the table All limits has every one."""

MOST_TILES = 4
"""Key figures in large letters."""


def write_prices_page(path: Path, prices: Prices, background: Background) -> None:
    """Write the page; an existing file is replaced only by a finished one. Raises `OSError` when it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_content(path, prices_page(prices, background))


def prices_page(prices: Prices, background: Background) -> str:
    """The page as the content of a file."""
    instance, sheet, told = prices.instance, SHEETS[0], telling(prices)
    frame = frames(prices)[sheet.name]
    worth = frame["limit"].isin([price.limit for price in told])
    some = replace(
        sheet, name="worth", meaning=f"{sheet.meaning} Limits of which more would save nothing are left out."
    )
    shown = [column for column in sheet.columns(instance) if column.name in (*PRICED, *(ANEW if _anew(prices) else ()))]
    open_table = exact_listing(instance, some, shown, frame[worth])
    known = {open_table.title: open_table.name}
    drawn = [figure_of(name, picture, known) for name, picture in price_pictures(prices).items()]
    every = exact_listing(instance, replace(sheet, title="All limits"), sheet.columns(instance), frame)
    return findings_page(
        instance,
        background,
        Overview(
            _badge(prices), [sentence(prices, price) for price in _largest(prices, told)], list(_tiles(prices, told))
        ),
        [Part("prices", "What one more would save", figures=tuple(drawn), listings=(open_table,) if told else ())],
        kind=KIND,
        asked="what one more would save",
        about=[f"Variant: {instance.variant}"],
        lines=[
            (figure, _line(fact_text(value, unit), remark, value)) for figure, value, unit, remark in figures_of(prices)
        ],
        listings=[every],
        remarks=(),
    )


def _line(text: str, remark: str, value: object) -> str:
    if value is None:
        return remark
    return f"{text}: {remark}" if remark else text


def _anew(prices: Prices) -> list[Resolved]:
    return [price.resolved for price in prices.prices if price.resolved is not None]


def _badge(prices: Prices) -> tuple[str, str]:
    anew = _anew(prices)
    if prices.result.status is not Status.SOLVED or not all(one.settled for one in anew):
        return "fair", "some searches stopped early"
    return "good", f"{counted(len(prices.prices), 'limit', 'limits')} priced, {len(anew):,} of them solved anew"


def _worth(price: Price, prices: Prices) -> float:
    """What a round unit would save by either linear problem."""
    each = [loosened(price, sides) for sides in (price.kept, price.parts) if sides is not None]
    return max(each, default=0.0) * round_unit(prices.instance, price)


def _largest(prices: Prices, told: tuple[Price, ...]) -> list[Price]:
    """The limits that were solved anew, then those of the largest prices, one of a kind."""
    anew = [price for price in told if price.resolved is not None]
    known = {(price.kind, price.subject) for price in anew}
    for price in sorted(told, key=lambda one: -_worth(one, prices)):
        if (price.kind, price.subject) not in known and len(anew) < MOST_TILES:
            known.add((price.kind, price.subject))
            anew.append(price)
    return anew


def _tiles(prices: Prices, told: tuple[Price, ...]) -> Iterator[Tile]:
    known: set[tuple[Kind, str]] = set()
    for price in sorted(told, key=lambda one: -_worth(one, prices)):
        if (price.kind, price.subject) in known or len(known) >= MOST_TILES or _worth(price, prices) <= 0:
            continue
        known.add((price.kind, price.subject))
        unit = round_unit(prices.instance, price)
        kept = price.kept is not None and loosened(price, price.kept) * unit >= (1 - SAME) * _worth(price, prices)
        how = "saved with all choices kept" if kept else "saved if plants could be built in parts"
        yield Tile(change(prices.instance, price, unit), money(prices.instance, _worth(price, prices)), how)
