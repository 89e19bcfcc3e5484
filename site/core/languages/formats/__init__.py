"""How each language of the site writes days, times and numbers (FORMAT_MODULE_PATH), where Django's own differ.

Django imports `formats/CODE/formats.py`; each of these modules takes its values from here, and these from the table.
The week begins on Monday and the day has 24 hours in every language: the experiences happen in Sweden. Digits are
Western in every language (docs/decisions/0005). An input of the browser sends days and times in ISO 8601.
"""

from typing import Any

from core.languages.table import site_language

SHARED = {
    "YEAR_MONTH_FORMAT": "F Y",
    "SHORT_DATE_FORMAT": "Y-m-d",
    "FIRST_DAY_OF_WEEK": 1,
    "DATE_INPUT_FORMATS": ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y"],
    "TIME_INPUT_FORMATS": ["%H:%M:%S", "%H:%M", "%H.%M"],
    "DATETIME_INPUT_FORMATS": ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"],
    "NUMBER_GROUPING": 3,
}


def format_settings(code: str) -> dict[str, Any]:
    """Django's format settings for a language. Raises LookupError for one that the site cannot be published in."""
    row = site_language(code)
    if row is None:
        raise LookupError(code)
    clock = f"H{row.clock}i"
    return SHARED | {
        "DATE_FORMAT": f"{row.day} Y",
        "MONTH_DAY_FORMAT": row.day,
        "TIME_FORMAT": clock,
        "DATETIME_FORMAT": f"{row.day} Y {clock}",
        "SHORT_DATETIME_FORMAT": f"Y-m-d {clock}",
        "DECIMAL_SEPARATOR": row.decimal,
        "THOUSAND_SEPARATOR": row.thousands,
    }
