"""Charts drawn as SVG or PNG, without a browser and without a network."""

import re
import textwrap

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from reports.charts.picture import NARROW, WIDE, Layout, Picture
from reports.charts.style import FILE, PAGE, Style, configuration

VEGA_LITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
"""Version of Vega-Lite that Altair writes."""

DENSITY = 2.0
"""Pixels of a PNG for each of a screen."""


def svg(picture: Picture, layout: Layout, style: Style = PAGE, *, titled: bool = False) -> str:
    """A chart as SVG; `titled` writes its title and reading above it, as for a file that stands alone."""
    with debug_mode(False), alt.data_transformers.enable("default", max_rows=None):
        # Tests validate every chart; it takes longer than all the rest.
        drawn = picture.draw(style, layout)
        if titled:
            letters = 105 if layout is WIDE else 44
            subtitle = textwrap.wrap(picture.reading, letters + 20)
            drawn = drawn.properties(title=alt.TitleParams(textwrap.wrap(picture.title, letters), subtitle=subtitle))
        specification = drawn.to_dict(validate=False)
    specification["config"] = configuration(style, layout.letters)
    made = vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE)
    return made if titled else _of_a_page(made)


def png(content: str) -> bytes:
    """A drawing in SVG as PNG."""
    return bytes(vl_convert.svg_to_png(content, scale=DENSITY))


def both_widths(picture: Picture) -> tuple[str, str]:
    """A chart for a page: wide and narrow."""
    return svg(picture, WIDE), svg(picture, NARROW)


def for_file(picture: Picture) -> str:
    """A chart for a file, with title and reading."""
    return svg(picture, WIDE, FILE, titled=True)


def _of_a_page(made: str) -> str:
    """SVG for a page: letters as the page's, no roles of parts (the figure around it is told as a whole); what a part
    tells is kept for the page's script, which shows it beside the pointer."""
    made = re.sub(r'aria-roledescription="title" aria-label="[^"]*"', "", made)
    made = re.sub(r' (?:role|aria-roledescription|aria-hidden)="[^"]*"', "", made)
    made = made.replace(' aria-label="', ' data-tip="')
    made = re.sub(r' font-family="[^"]*"', "", made)
    return made.replace(' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"', "", 1)
