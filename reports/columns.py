"""What every table declares: its columns with unit and meaning, and how its rows become a DataFrame.

A table is a function that yields one mapping a row, under the decorator `table`. The result is a `Table`:
called with (instance, result) it gives a DataFrame with the declared columns that concern the instance, in their order.
A run without a plan gives the same columns and no rows.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pandas import DataFrame

from models.instance import Instance
from models.measures.supply import ALL_GOODS
from models.plan import Plan, Result


@dataclass(frozen=True, slots=True)
class Unit:
    """How a column's values are measured, stored and shown.

    `label` may name `{currency}` and `{first_year}`. `number_format` is None for text and for
    values whose format depends on the row.
    """

    label: str = ""
    number_format: str | None = None
    dtype: str = "float64"

    def name(self, instance: Instance) -> str:
        """The label in the words of this instance."""
        currency = instance.currency or "money"
        return self.label.replace("{first_year}", str(instance.first_year)).replace("{currency}", currency)


TEXT = Unit(dtype="object")
YES_NO = Unit(dtype="bool")
VARIOUS = Unit(dtype="object")
AMOUNT = Unit("own unit")
YEAR = Unit(number_format="0", dtype="int64")
ANY_YEAR = Unit(number_format="0", dtype="object")
SHARE = Unit("share", "0.0%")
INDEX = Unit("0 to 1", "0.000")
NUMBER = Unit("number", "#,##0")
COUNTIES = Unit("counties", "#,##0")
PROVINCES = Unit("provinces", "#,##0")
PLANTS = Unit("plants", "#,##0")
PERSONS = Unit("persons", "#,##0")
PLANT_YEARS = Unit("plant-years", "#,##0")
PERSON_YEARS = Unit("person-years", "#,##0")
TONNES = Unit("t", "#,##0")
TONNES_YEAR = Unit("t/yr", "#,##0")
TONNE_KM = Unit("t km/yr", "#,##0")
KILOMETRES = Unit("km", "#,##0")
MONEY = Unit("{currency}", "#,##0")
MONEY_YEAR = Unit("{currency}/yr", "#,##0")
MONEY_PERSON = Unit("{currency}/person/yr", "#,##0")
DISCOUNTED = Unit("{currency} discounted to {first_year}", "#,##0")


Concerns = Callable[[Instance], bool]


def always(instance: Instance) -> bool:
    """Every problem has what is told."""
    return True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its key in the DataFrame, its unit, its meaning, and its title if not the key.

    `concerns`: whether a problem has what the column tells of; it is left out where not.
    """

    name: str
    unit: Unit
    meaning: str
    title: str = ""
    concerns: Concerns = always

    def heading(self, instance: Instance) -> str:
        """Title with the unit in brackets, as a reader sees it."""
        title = self.title or self.name.replace("_", " ")
        unit = self.unit.name(instance)
        return f"{title} ({unit})" if unit else title


Row = Mapping[str, object]
Rows = Callable[[Instance, Result], Iterable[Row]]
ColumnsOf = Callable[[Instance], tuple[Column, ...]]


@dataclass(frozen=True)
class Table:
    """A named table of the report.

    `key_columns` leading columns identify a row. `needs_plan`: without a plan it is empty.
    `total_last`: its last row is a total of the others. `own_sheet`: it is a sheet of the workbook. `concerns`:
    whether a problem has what the table tells of; the report leaves it out where not.
    """

    name: str
    title: str
    meaning: str
    rows: Rows
    declared: ColumnsOf
    key_columns: int
    needs_plan: bool
    total_last: bool
    own_sheet: bool
    concerns: Concerns

    def columns(self, instance: Instance) -> tuple[Column, ...]:
        """The columns that concern a problem, as declared."""
        return tuple(column for column in self.declared(instance) if column.concerns(instance))

    def __call__(self, instance: Instance, result: Result) -> DataFrame:
        """The table of a run; columns as declared."""
        rows = () if self.needs_plan and result.plan is None else self.rows(instance, result)
        return frame_of(self.columns(instance), as_declared(self.name, self.declared(instance), rows))


def as_declared(name: str, columns: Iterable[Column], rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of the table of this name. Raises `KeyError` for one that has other columns than are declared."""
    names = {column.name for column in columns}
    for row in rows:
        if row.keys() != names:
            raise KeyError(f"table {name}: a row has {sorted(row)}, the columns are {sorted(names)}")
        yield row


def frame_of(columns: Sequence[Column], rows: Iterable[Row]) -> DataFrame:
    """Rows as a DataFrame that has the columns in their order, stored as their units say."""
    names = [column.name for column in columns]
    frame = DataFrame([[row[name] for name in names] for row in rows], columns=names, dtype=object)
    return frame.astype({column.name: column.unit.dtype for column in columns})


def meaning_of(rows: Callable[..., object]) -> str:
    """The meaning of a table: the docstring of the function that yields its rows, on one line."""
    return " ".join(inspect.cleandoc(rows.__doc__ or "").split())


def table(
    title: str,
    columns: tuple[Column, ...] | ColumnsOf,
    *,
    key_columns: int = 1,
    needs_plan: bool = True,
    total_last: bool = False,
    own_sheet: bool = True,
    concerns: Concerns = always,
) -> Callable[[Rows], Table]:
    """Make a table of a function yielding rows; its name and docstring become the table's name and meaning."""
    columns_of: ColumnsOf = columns if callable(columns) else lambda instance: columns

    def declare(rows: Rows) -> Table:
        return Table(
            name=rows.__name__,
            title=title,
            meaning=meaning_of(rows),
            rows=rows,
            declared=columns_of,
            key_columns=key_columns,
            needs_plan=needs_plan,
            total_last=total_last,
            own_sheet=own_sheet,
            concerns=concerns,
        )

    return declare


YEAR_COLUMN = Column("year", YEAR, "plan year")
COUNTY_COLUMNS = (
    Column("county", TEXT, "code of the county", "county code"),
    Column("county_name", TEXT, "name of the county", "county"),
)
PROVINCE_COLUMNS = (
    Column("province", TEXT, "code of the province; blank for all of them", "province code"),
    Column("province_name", TEXT, "name of the province", "province"),
)
PLACE_COLUMNS = (*COUNTY_COLUMNS, Column("local_name", TEXT, "county's name in the local script"), *PROVINCE_COLUMNS)
GOOD_COLUMNS = (
    Column("good", TEXT, "code of the good; blank for all of them", "good code"),
    Column("good_name", TEXT, "name of the good", "good"),
)


def county_row(instance: Instance, county: str) -> dict[str, object]:
    """Values of `COUNTY_COLUMNS`."""
    return {"county": county, "county_name": instance.counties[county].name}


def province_row(instance: Instance, province: str) -> dict[str, object]:
    """Values of `PROVINCE_COLUMNS`."""
    return {"province": province, "province_name": instance.provinces[province].name}


def region_row(instance: Instance, province: str) -> dict[str, object]:
    """Values of `PROVINCE_COLUMNS` of a province, or of the nation where the code is blank."""
    return province_row(instance, province) if province else {"province": "", "province_name": "nation"}


def place_row(instance: Instance, county: str) -> dict[str, object]:
    """Values of `PLACE_COLUMNS`."""
    where = instance.counties[county]
    return {
        **county_row(instance, county),
        "local_name": where.local_name,
        **province_row(instance, where.province),
    }


def good_row(instance: Instance, good: str) -> dict[str, object]:
    """Values of `GOOD_COLUMNS`, of all goods too."""
    return {"good": good, "good_name": "all goods" if good == ALL_GOODS else instance.goods[good].name}


def year_columns(instance: Instance, unit: Unit, meaning: str) -> tuple[Column, ...]:
    """One column for each plan year, named by the year."""
    return tuple(Column(str(year), unit, f"{meaning} in {year}") for year in instance.years)


def plan_of(result: Result) -> Plan:
    """The plan of a run that has one."""
    if result.plan is None:
        raise ValueError("this run has no plan")
    return result.plan


def county_order(instance: Instance) -> Mapping[str, int]:
    """Rank of each county: by province, then as in the workbook."""
    counties = (county for province in instance.provinces for county in instance.counties_of[province])
    return {county: rank for rank, county in enumerate(counties)}
