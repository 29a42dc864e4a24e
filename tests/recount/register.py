"""Columns of units, read again from the register that an edition was made from: as they were on one day."""

import csv
from datetime import date

# Columns of the register by the attributes that numbers are broken down by; others have the attribute's name.
NAMES = {"powiat": "powiat_name", "nuts2": "nuts2_code", "nuts3": "nuts3_code"}


def rows_on(path, day):
    """The row of every unit that holds on a day, by the unit's code."""
    found = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, last = row["valid_from"], row["valid_to"]
            if (not first or date.fromisoformat(first) <= day) and (not last or day <= date.fromisoformat(last)):
                found[row.get("teryt") or row["code"]] = row
    return found


def differences(path, day, frame, columns):
    """Where the exported frame says something else of a unit than the register."""
    rows = rows_on(path, day)
    for unit in frame:
        code = unit["jednostka.kod"]
        if code not in rows:
            yield f"{code}: not in the register on {day}"
            continue
        shown = {attribute: unit[name] for attribute, name in columns.items()}
        shown |= {name.removeprefix("cecha."): cell for name, cell in unit.items() if name.startswith("cecha.")}
        for attribute, cell in shown.items():
            known = rows[code].get(NAMES.get(attribute, attribute), "")
            if cell != known:
                yield f"{code}: {attribute} exported {cell!r}, registered {known!r} on {day}"
