"""How charts look: colours that colour-blind readers can tell apart, on light paper, on dark screens and in files.

Colours of series are Okabe and Ito's (2008), dark blue and vermilion a little lighter on dark screens.
Steps run from little to much and get darker on light paper, lighter on dark screens, so that they also differ in grey.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Style:
    """Colours and font of a drawing.

    `series` tell apart things of the same kind, `steps` run from little to much, `on_steps` are readable on them,
    `joined`, `joins` and `waiting` are a county before, in and after the year in which it joins, `sea` is behind a map.
    """

    ink: str
    muted: str
    grid: str
    paper: str
    series: tuple[str, ...]
    rest: str
    steps: tuple[str, ...]
    on_steps: tuple[str, ...]
    joined: str
    joins: str
    waiting: str
    sea: str
    font: str = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK KR', 'Malgun Gothic', sans-serif"

    def scale(self, rank: int) -> str:
        """The colour of plants of a scale, by its rank."""
        return self.series[(0, 2, 3, 5)[rank % 4]]


LIGHT = Style(
    ink="#1b1f24",
    muted="#57606a",
    grid="#e3e7ec",
    paper="#ffffff",
    series=("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#b8a900", "#000000"),
    rest="#9aa4af",
    steps=("#eaf2f9", "#b5d2ea", "#6fa8d6", "#2b73b3", "#0b3d70"),
    on_steps=("#1b1f24", "#1b1f24", "#10151a", "#ffffff", "#ffffff"),
    joined="#c3d0dc",
    joins="#e69f00",
    waiting="#e8ebef",
    sea="#f6f8fa",
)

DARK = Style(
    ink="#e8ecf1",
    muted="#a3adb8",
    grid="#323941",
    paper="#171b20",
    series=("#4aa3df", "#e69f00", "#1fbf92", "#dd93bb", "#8fd0f5", "#f07a2e", "#f0e442", "#ffffff"),
    rest="#77818c",
    steps=("#20303f", "#27527a", "#3577b0", "#78b4e2", "#cfe6f8"),
    on_steps=("#e8ecf1", "#ffffff", "#ffffff", "#10151a", "#10151a"),
    joined="#46586a",
    joins="#e69f00",
    waiting="#2b3138",
    sea="#12161a",
)

FILE = Style(
    **{
        **{name: getattr(LIGHT, name) for name in LIGHT.__dataclass_fields__},
        "sea": "#ffffff",
        "font": "'Noto Sans', 'Noto Sans CJK KR', 'Segoe UI', 'Malgun Gothic', Arial, sans-serif",
    }
)
"""For PNG and SVG files: as on light paper."""


def variables(style: Style) -> dict[str, str]:
    """The colours of a style as CSS variables."""
    found: dict[str, str] = {}
    for name in style.__dataclass_fields__:
        value = getattr(style, name)
        if name == "font":
            continue
        if isinstance(value, tuple):
            found |= {f"--{name.replace('_', '-')}-{number}": colour for number, colour in enumerate(value)}
        else:
            found[f"--{name}"] = value
    return found


def page_style() -> Style:
    """The style of a page: colours are CSS variables, which the page sets to those of light paper or dark screens."""
    values: dict[str, Any] = {"font": "inherit"}
    for name in LIGHT.__dataclass_fields__:
        value = getattr(LIGHT, name)
        if isinstance(value, tuple):
            values[name] = tuple(f"var(--{name.replace('_', '-')}-{number})" for number in range(len(value)))
        elif name != "font":
            values[name] = f"var(--{name})"
    return Style(**values)


PAGE = page_style()


def configuration(style: Style, size: int) -> dict[str, Any]:
    """Vega-Lite's configuration for charts in a style, with letters of a size in pixels."""
    text = {"font": style.font, "fontSize": size, "fill": style.ink}
    return {
        "background": None if style is PAGE else style.paper,
        "padding": 2 if style is PAGE else 16,
        "font": style.font,
        "view": {"stroke": None},
        "axis": {
            "aria": False,
            "domainColor": style.muted,
            "tickColor": style.muted,
            "gridColor": style.grid,
            "labelColor": style.ink,
            "titleColor": style.muted,
            "labelFontSize": size,
            "titleFontSize": size,
            "titleFontWeight": "normal",
            "labelLimit": 190,
            "titleLimit": 600,
        },
        "legend": {
            "aria": False,
            "labelColor": style.ink,
            "titleColor": style.muted,
            "labelFontSize": size,
            "titleFontSize": size,
            "titleFontWeight": "normal",
            "orient": "bottom",
            "direction": "horizontal",
            "labelLimit": 260,
            "columnPadding": 18,
            "symbolStrokeWidth": 0,
            "symbolSize": 120,
        },
        "header": {
            "labelColor": style.ink,
            "labelFontSize": size + 1,
            "labelFontWeight": 600,
            "labelLimit": 300,
            "labelAnchor": "start",
            "titleColor": style.muted,
        },
        "title": {
            "color": style.ink,
            "subtitleColor": style.muted,
            "fontSize": size + 5,
            "subtitleFontSize": size,
            "anchor": "start",
            "offset": 14,
        },
        "text": text,
    }
