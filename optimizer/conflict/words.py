"""What a limit says, in words and with its figure, and where it stands."""

from collections.abc import Callable, Mapping, Sequence

from inputs.origins import Address, Origins, value_text
from models.instance import Instance
from optimizer.conflict.contradiction import number
from reports.plurals import counted

SHOWN = 4
"""Places that are listed before the rest is only counted."""


def places(origins: Origins, addresses: Sequence[Address]) -> str:
    """The places of some figures; those without a row are left out where others have one."""
    found = [origins.of(address) for address in addresses]
    there = [origin for origin in found if origin.cell is not None or origin.value is not None]
    texts = list(dict.fromkeys(origin.text for origin in there or found[:1]))
    shown = ", ".join(texts[:SHOWN])
    return shown if len(texts) <= SHOWN else f"{shown} and {len(texts) - SHOWN:,} more"


def limit_words(instance: Instance, origins: Origins, limit: Address) -> str:
    """What a limit says, such as `there are at most 300 t of cement in 2027`."""
    value = origins.of(limit).value
    sheet, key, column = limit.sheet, limit.key, limit.column
    if sheet == "Settings":
        return SETTINGS[key](value)
    if sheet == "Resources":
        return _resource(instance, key, int(column), value)
    year = column in ("year", "eligible_from")
    amount = number(float(value)) if isinstance(value, int | float) and not year else value_text(value)
    return COLUMNS[column].format(key=key, value=amount, first=key.partition("/")[0], last=key.partition("/")[2])


def _resource(instance: Instance, name: str, year: int, value: object) -> str:
    amount = number(float(value)) if isinstance(value, int | float) else "nothing"
    if name == "picks":
        how = "exactly" if instance.policy.picks_exact else "at most"
        return f"{how} {_counties(value)} in {year}, as long as any are left"
    if name == "remittances":
        return f"all counties together remit at least {amount} in {year}"
    if name == "central_funds":
        return f"central funds of {year} are {amount}"
    if name == "central_labour":
        return f"central labour of {year} is {amount} person-years"
    if name == "import_currency":
        return f"foreign currency of {year} is {amount}"
    if name == "modernisations":
        return f"at most {amount} existing plants are modernised in {year}"
    return f"the centre has {amount} t of {name} in {year}"


def _counties(value: object) -> str:
    return "1 county joins" if value == 1 else f"{value_text(value)} counties join"


def _plants(value: object) -> str:
    return counted(value if isinstance(value, int) else 0, "plant", "plants")


def _percent(value: object) -> str:
    return f"{number(100 * float(value))} %" if isinstance(value, int | float) else value_text(value)


SETTINGS: Mapping[str, Callable[[object], str]] = {
    "picks_rule": lambda value: "the picks of a year must be made rather than may (picks_rule = exactly)",
    "join_rule": lambda value: "every county that can must join (join_rule = exactly once)",
    "min_plants": lambda value: f"a joining county receives at least {_plants(value)} (min_plants)",
    "one_per_good": lambda value: "a joining county receives a plant of each good (one_per_good = yes)",
    "existing_output": lambda value: "existing plants go on making what they can sell at home (existing_output = held)",
    "least_central_share": lambda value: f"the centre pays at least {_percent(value)} of a county's investment",
    "most_central_share": lambda value: f"the centre pays at most {_percent(value)} of a county's investment",
    "most_donated_share": lambda value: f"donors pay at most {_percent(value)} of a county's investment",
    "coverage_floor": lambda value: f"plants meet at least {_percent(value)} of each county's demand (coverage_floor)",
    "coverage_floor_from": lambda value: f"that holds from {value_text(value) or 'the first year'} on",
    "disparity_limit": lambda value: f"provinces' coverage differs by at most {_percent(value)} (disparity_limit)",
    "dispersion_cap": lambda value: f"no province has more than {_percent(value)} of a good's new capacity",
    "gini_cap": lambda value: f"coverage is spread with a Gini coefficient of at most {value_text(value)} (gini_cap)",
    "uncovered_cap": lambda value: f"at most {value_text(value)} person-years are not covered (uncovered_cap)",
    "cost_cap": lambda value: f"the plan costs at most {value_text(value)} (cost_cap)",
    "local_input_share": lambda value: f"at least {_percent(value)} of raw materials are the counties' own",
    "least_stipend": lambda value: f"workers of plants receive at least {_percent(value)} of their market product",
    "quota": lambda value: f"plants deliver {_percent(value)} of their output to the state first (quota)",
}
"""What each setting says that is a limit."""

COLUMNS: Mapping[str, str] = {
    "most_picks": "{key} has at most {value} joining in a year",
    "least_picks": "{key} has at least {value} joining in a year",
    "year": "{key} is decided for {value}",
    "eligible": "{key} is barred from the programme",
    "eligible_from": "{key} may join from {value} on",
    "quota": "plants of {key} deliver {value} of their output to the state first",
    "shortage_penalty": "demand for {key} must be met (blank shortage_penalty)",
    "tonnes": "{first} has {value} t of {last} of its own",
    "workers": "{key} has {value} workers",
    "local_labour": "{key} gives at most {value} person-years of construction labour",
    "local_funds": "{key} pays at most {value} a year itself",
    "donations": "donors in {key} give at most {value} a year",
}
"""What each column of another sheet says that is a limit."""
