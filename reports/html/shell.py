"""The shell of every page: head, heading, contents, charts, footer, style and script, in one file without a network.

A page of another kind has a template that extends `base.html` and fills the block `content` with sections, and a
function that calls `rendered` with what the template needs. `base.html` wants `heading`, `about` (facts below the
heading), `contents` ((anchor, words) of the sections), `kind` (a word by which `reports.html.page_kind` knows the page
again) and `versions` (of programs); `rendered` adds style and scripts. In a template,

    {% extends "base.html" %}
    {% import "parts.html" as parts with context %}
    {% block content %}<section id="map"><h2>Map</h2>{{ parts.figure(figure) }}{{ parts.listing(table) }}</section>
    {% endblock %}

shows a chart (`figure_of` a `Picture`) and a table (`reports.html.listing`) that can be searched and sorted. What the
page rests on is told by the macros of `method_parts.html`. A script of its own goes into `templates/` and is named to
`rendered`; it runs after `page.js` and can use its functions.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from reports.charts.drawing import both_widths
from reports.charts.picture import Picture
from reports.charts.style import DARK, LIGHT, variables
from reports.excel.cells import shown
from reports.facts import Fact
from reports.whole_file import whole_file


@dataclass(frozen=True)
class Figure:
    """A chart on the page: wide and narrow drawing, and links to the tables that it is drawn from."""

    name: str
    title: str
    reading: str
    wide: str
    narrow: str
    tables: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """A part of the page with charts."""

    anchor: str
    heading: str
    figures: tuple[Figure, ...]


def figure_of(name: str, picture: Picture, known: Mapping[str, str]) -> Figure:
    """A chart, drawn for a page; `known` are the names of the page's tables by title, to link those behind it."""
    wide, narrow = both_widths(picture)
    tables = tuple((title, known[title]) for title in picture.tables if title in known)
    return Figure(name, picture.title, picture.reading, wide, narrow, tables)


def rendered(template: str, *, scripts: Sequence[str] = (), styles: Sequence[str] = (), **content: object) -> str:
    """A page as the content of a file: a template filled in, with further scripts and styles of `templates/`."""
    script = "\n".join(_own(name) for name in ("page.js", *scripts))
    return (
        _environment()
        .get_template(template)
        .render(
            **content,
            light=variables(LIGHT),
            dark=variables(DARK),
            css="\n".join(_own(name) for name in ("page.css", *styles)),
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii"),
        )
    )


def write_content(path: Path, content: str) -> None:
    """Write a page. An existing file is replaced only by a finished one; raises `OSError` when it cannot be written."""
    with whole_file(path) as unfinished:
        unfinished.write_text(content, encoding="utf-8", newline="\n")


@cache
def _environment() -> Environment:
    """Templates, in which everything is text unless said to be markup."""
    environment = Environment(
        loader=PackageLoader("reports.html"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["fact_value"] = fact_value
    environment.filters["remark"] = remark
    environment.filters["shown"] = lambda value: shown(value, None)
    return environment


def _own(name: str) -> str:
    return files("reports.html").joinpath("templates", name).read_text(encoding="utf-8")


def fact_value(fact: Fact) -> str:
    """The value of a key figure as text; words and blanks as they are."""
    if fact.value is None:
        return ""
    if isinstance(fact.value, str):
        return fact.value
    form = fact.unit.number_format
    return shown(fact.value, None if form == "#,##0" else form)


def remark(text: str) -> str:
    """A remark written for the Excel report, in the words of a page."""
    return text.replace("on the sheet ", "in the table ").replace("The sheet ", "The table ")
