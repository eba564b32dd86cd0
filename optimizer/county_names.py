"""Which county is meant: by its code, its name or its name in the local script, however it is written."""

import difflib
import unicodedata

from models.instance import Instance
from models.records import County

SHOWN = 4
"""Spellings that are suggested."""


class UnknownCounty(ValueError):
    """No county, or more than one, is called so; the message says which names come near."""


def county_of(instance: Instance, given: str) -> str:
    """The code of the county that is called so. A code counts before a name, and a name before a local one; case and
    blanks around do not matter. Raises `UnknownCounty`."""
    if given in instance.counties:
        return given
    wanted = _plain(given)
    for of in (_code, _name, _local_name):
        found = [county for county in instance.counties.values() if wanted and _plain(of(county)) == wanted]
        if len(found) == 1:
            return found[0].code
        if found:
            provinces = (instance.provinces[county.province].name for county in found)
            listed = ", ".join(f"{county.code} ({name})" for county, name in zip(found, provinces, strict=True))
            raise UnknownCounty(f"{len(found)} counties are called '{given}'; name one by its code: {listed}")
    near = _nearest(instance, wanted)
    known = f"did you mean {', '.join(near)}?" if near else "the sheet Counties has their codes and names"
    raise UnknownCounty(f"there is no county '{given}'; {known}")


def _nearest(instance: Instance, wanted: str) -> list[str]:
    """The spellings that are most like it, with the code beside a name."""
    spelt: dict[str, str] = {}
    for county in instance.counties.values():
        for text in (county.code, county.name, county.local_name):
            told = text if text == county.code else f"{text} [{county.code}]"
            spelt.setdefault(_plain(text), told)
    found = difflib.get_close_matches(wanted, [text for text in spelt if text], n=SHOWN, cutoff=0.55)
    return list(dict.fromkeys(spelt[text] for text in found))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _code(county: County) -> str:
    return county.code


def _name(county: County) -> str:
    return county.name


def _local_name(county: County) -> str:
    return county.local_name
