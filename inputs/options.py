"""What can be built where, and what one plant is there."""

import math

from inputs import scale_rule
from inputs.case import Case
from inputs.located import rows_of
from inputs.sheets import County, Design, ExistingPlant, Site, SiteOverride
from models.records import BuildOption


def build_options(case: Case) -> dict[tuple[str, str], BuildOption]:
    """The options of a variant, by county and design.

    A design can be built in a county that is not barred, when the variant allows its scale, the county is
    a site of the scale (if the scale needs sites), and SiteOverrides does not forbid it; a modernisation
    moreover only where a plant of its good stands, and once. Investment is the design's x the county's
    site cost index, unless SiteOverrides gives it. A blank capacity is unlimited.
    Raises `scale_rule.NotDerivable` where a design's figures cannot be derived.
    """
    sites = {(row.record.county, row.record.scale) for row in rows_of(case.tables, Site)}
    standing = {
        (row.record.county, row.record.good)
        for row in rows_of(case.tables, ExistingPlant)
        if row.record.capacity * row.record.utilisation > 0
    }
    overrides = {
        (row.record.county, row.record.design): row.record for row in rows_of(case.tables, SiteOverride)
    }  # fmt: skip
    plain = {code: _as_designed(case, row.record) for code, row in case.designs.items()}
    options: dict[tuple[str, str], BuildOption] = {}
    for county, county_row in case.counties.items():
        if county_row.record.eligible == "no":
            continue
        for code, row in case.designs.items():
            design = row.record
            if case.scales[design.scale].record.sites_only == "yes" and (county, design.scale) not in sites:
                continue
            if design.kind == "modernisation" and (county, design.good) not in standing:
                continue
            override = overrides.get((county, code))
            if override is not None and override.allowed == "no":
                continue
            options[county, code] = _at_site(design, county_row.record, plain[code], override)
    return options


def _as_designed(case: Case, design: Design) -> BuildOption:
    return BuildOption(
        capacity=math.inf if design.capacity is None else design.capacity,
        investment=scale_rule.figure(case, design.design, "investment"),
        fixed_cost=scale_rule.figure(case, design.design, "fixed_cost"),
        variable_cost=design.variable_cost,
        construction_labour=scale_rule.figure(case, design.design, "construction_labour"),
        workers=scale_rule.figure(case, design.design, "workers"),
        max_plants=design.max_plants,
        materials=scale_rule.materials(case, design.design),
    )


def _at_site(design: Design, county: County, plain: BuildOption, override: SiteOverride | None) -> BuildOption:
    investment = plain.investment * county.site_cost_index
    max_plants = plain.max_plants
    if override is not None and override.investment is not None:
        investment = override.investment
    if override is not None and override.max_plants is not None:
        max_plants = override.max_plants
    return BuildOption(
        capacity=_either(override.capacity if override else None, plain.capacity),
        investment=investment,
        fixed_cost=_either(override.fixed_cost if override else None, plain.fixed_cost),
        variable_cost=_either(override.variable_cost if override else None, plain.variable_cost),
        construction_labour=_either(override.construction_labour if override else None, plain.construction_labour),
        workers=_either(override.workers if override else None, plain.workers),
        max_plants=min(max_plants, 1) if design.kind == "modernisation" else max_plants,
        materials=plain.materials,
    )


def _either(override: float | None, plain: float) -> float:
    return plain if override is None else override
