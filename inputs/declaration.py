"""How a column of a sheet, or a setting, is declared."""

from typing import Annotated, Any, Literal

from pydantic import Field
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=40)]
YesNo = Literal["yes", "no"]


def column(
    meaning: str,
    unit: str = "",
    *,
    default: Any = ...,
    code_of: str | None = None,
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
) -> Any:
    """Declare a column: its meaning, unit, default, bounds (`ge`, `gt`, `le`) and the sheet its codes come from."""
    extra: JsonDict = {"unit": unit, "code_of": code_of}
    return Field(default, description=meaning, json_schema_extra=extra, ge=ge, gt=gt, le=le)


def unit_of(field: FieldInfo) -> str:
    """The unit a column was declared with, or the empty string."""
    extra = field.json_schema_extra
    return str(extra.get("unit") or "") if isinstance(extra, dict) else ""


def code_source(field: FieldInfo) -> str | None:
    """The sheet whose codes a column holds, or None."""
    extra = field.json_schema_extra
    found = extra.get("code_of") if isinstance(extra, dict) else None
    return str(found) if found else None
