#!/usr/bin/env python3
"""Counts every measure of a questionnaire again, from the exported CSV files alone, and compares.

    recount.py --plan forms/mazowsze/2024/jst.toml --export FOLDER --measures measures.json [--cross cross.json]
               [--codes FOLDER] [--things FOLDER] [--register register.csv --on 2024-12-31]

FOLDER is what `miernik responses export --with-open-text` wrote, measures.json what `miernik measures --format json`
printed; cross.json is what it printed with `--by ... --with-small-groups`, the folder of --codes what `miernik codes
export` wrote, that of --things what `miernik things export` did. With the register that the edition was made from, the
columns of units are read there again, as they were on a day. Ends with 0 when all numbers agree exactly, with 1 after
printing each difference, with 2 when something cannot be counted. Standard library only; nothing here comes from the
program that is checked.
"""

import argparse
import copy
import csv
import json
import sys
import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

# No compiled files beside the sources.
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
import codes  # noqa: E402
import register  # noqa: E402
from expressions import Expression, Unsupported, number_of, text_of  # noqa: E402
from folding import fold  # noqa: E402
from things import Things  # noqa: E402

PLACES = 6
PARTS = ("count", "share")
RANK = {"ND": 0, "NO": 1, "NR": 2, "NW": 3, "A": 4}


def table(folder, name):
    with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def half_up(value):
    """Half towards plus infinity at six places."""
    scaled = value * 10**PLACES
    return Fraction((scaled + Fraction(1, 2)).__floor__(), 10**PLACES)


class Export:
    """What the files hold."""

    def __init__(self, folder, things=None):
        self.things = things or Things()
        self.questions = {row["nazwa"]: row for row in table(folder, "slownik")}
        self.lists = {}
        for row in table(folder, "listy"):
            self.lists.setdefault(row["lista"], []).append(row)
        self.frame = table(folder, "operat")
        self.repeats = {q["wpisy"]: q["plik"] for q in self.questions.values() if q["wpisy"] and q["plik"]}
        entries = {}
        for repeat, file in self.repeats.items():
            for row in table(folder, file):
                entries.setdefault((row["zlozenie.numer"], repeat), []).append(row)
        self.responses = []
        for row in table(folder, "odpowiedzi"):
            own = {repeat: entries.pop((row["zlozenie.numer"], repeat), []) for repeat in self.repeats}
            self.responses.append(Response(self, row, own))
        self.lost = sorted(entries)

    def only(self, wanted):
        """The same files with some of the units only: those whose cells are the wanted ones."""
        part = copy.copy(self)
        holds = lambda row: all(row[column] == (value or "") for column, value in wanted.items())
        part.frame = [row for row in self.frame if holds(row)]
        part.responses = [response for response in self.responses if holds(response.row)]
        return part

    def typed(self, question, cell):
        kind = self.questions[question]["typ"]
        if kind in ("integer", "decimal", "calculate"):
            number = number_of(cell)
            return number if isinstance(number, Fraction) else cell
        return cell

    def require(self, name):
        """Makes sure that a question or list stands in the files."""
        if name not in self.repeats and not self.questions.get(name, {}).get("plik"):
            raise Unsupported(f"the files have no column {name}")

    def contradictions(self):
        """Places where the files disagree with themselves."""
        for number, repeat in self.lost:
            yield f"{repeat}: entries of {number}, which is no counted response"
        for response in self.responses:
            yield from response.contradictions()
        answered = sum(row["odpowiedz"] == "1" for row in self.frame)
        if answered > len(self.responses):
            yield f"operat: {answered} units answered, {len(self.responses)} responses"
        yield from self.things.contradictions()


class Response:
    """One counted response."""

    def __init__(self, export, row, entries):
        self.export, self.row, self.entries = export, row, entries

    def cells(self, question, over, place):
        """The row that a question's cells stand in; a list of rows for one in another list."""
        repeat = self.export.questions[question]["wpisy"]
        if not repeat:
            return self.row
        if repeat == over:
            return self.entries[repeat][place]
        return self.entries[repeat]

    def status(self, question, over, place):
        if question in self.export.repeats:
            return self.row[f"{question}.status"]
        cells = self.cells(question, over, place)
        if isinstance(cells, dict):
            return cells[f"{question}.status"]
        states = [row[f"{question}.status"] for row in cells]
        return best(states) or self.without_rows(self.export.questions[question]["wpisy"])

    def value(self, question, over, place):
        if question in self.export.repeats:
            return [""] * len(self.entries[question])
        cells = self.cells(question, over, place)
        if isinstance(cells, dict):
            return self.export.typed(question, cells[question])
        return [self.export.typed(question, row[question]) for row in cells]

    def without_rows(self, repeat):
        return "ND" if self.row[f"{repeat}.status"] == "ND" else "NR"

    def contradictions(self):
        name = self.row["zlozenie.numer"]
        for repeat, rows in self.entries.items():
            if int(self.row[repeat] or 0) != len(rows):
                yield f"{name}: {repeat} says {self.row[repeat]!r}, its file has {len(rows)}"
        for row in [self.row, *(row for rows in self.entries.values() for row in rows)]:
            for question, cell in row.items():
                if question not in self.export.questions:
                    continue
                if (row[f"{question}.status"] == "A") != (cell != ""):
                    yield f"{name}: {question} is {cell!r} with status {row[f'{question}.status']!r}"
                marks = {k.split("/")[1] for k, v in row.items() if k.startswith(f"{question}/") and v == "1"}
                several = self.export.questions[question]["typ"] == "select_multiple"
                if several and marks != set(cell.split()):
                    yield f"{name}: {question} is {cell!r}, its columns say {sorted(marks)}"


def best(states):
    return max(states, key=RANK.__getitem__, default=None)


class Measure:
    """One `[[measures]]` table of the plan."""

    def __init__(self, export, declared):
        self.export = export
        self.name, self.fn, self.over = declared["name"], declared["fn"], declared.get("over")
        self.of = Expression(declared["of"]) if "of" in declared else None
        self.where = Expression(declared["where"]) if "where" in declared else None
        self.base = declared.get("base") if self.fn in PARTS else None

    def count(self):
        """Everything that the program prints about this measure."""
        for name in (self.of.names() if self.of else set()) | (self.where.names() if self.where else set()):
            self.export.require(name)
        counts = dict.fromkeys(("A", "NR", "NW", "ND"), 0)
        hits, base, numerator = [], 0, 0
        for response in self.export.responses:
            places = range(len(response.entries[self.over])) if self.over else [None]
            answers = [self.answer(response, place) for place in places]
            status = best([status for status, _ in answers]) if self.of else None
            if self.of and status is None:
                status = response.without_rows(self.over)
            if status is not None:
                counts["NR" if status == "NO" else status] += 1
            if not self.in_base(status):
                continue
            seen = zip(places, answers)
            own = [(place, value) for place, (state, value) in seen if self.passes(response, place, state, value)]
            base, numerator = base + 1, numerator + bool(own)
            is_named = self.fn == "distinct"
            hits.extend(self.thing(response, place, value) if is_named else value for place, value in own)
        return self.result(counts, hits, len(self.export.frame) if self.base == "sent" else base, numerator)

    def result(self, counts, hits, base, numerator):
        silent = self.of is not None and counts["A"] == 0 and counts["NR"] + counts["NW"] > 0
        unknown = not self.export.responses or silent
        share = half_up(Fraction(numerator, base)) if self.base and 0 < base >= numerator and not unknown else None
        states = counts if self.of else dict.fromkeys(counts)
        return {
            # Nothing answered is no zero; tables and lists are empty all the same.
            "value": None if unknown and self.fn not in ("frequencies", "list") else self.figure(hits),
            "numerator": numerator if self.base else None,
            "denominator": base if self.base else None,
            "base": base if self.base else None,
            "base_kind": self.base,
            "share": share,
            "answered": states["A"],
            "missing": states["NR"],
            "dont_know": states["NW"],
            "not_relevant": states["ND"],
        }

    def thing(self, response, place, value):
        """The key of what an entry names, after everything that was decided about it."""
        entry = response.entries[self.over][place]["wpis.id"] if self.over else ""
        listed = self.over or self.of.question()
        return self.export.things.key(listed, response.row["jednostka.kod"], entry, text_of(value))

    def answer(self, response, place):
        if self.of is None:
            return None, None
        question = self.of.question()
        value = self.of.value(response, self.over, place)
        status = best([response.status(name, self.over, place) for name in self.of.names()]) or "A"
        if question is None and status == "A":
            # An expression is answered when one of its questions is and there is a value.
            status = "NR" if value == "" or isinstance(value, float) else "A"
        return status, value

    def in_base(self, status):
        return {"relevant": status not in (None, "ND"), "answered": status == "A"}.get(self.base, True)

    def passes(self, response, place, status, value):
        if self.fn not in PARTS and (status != "A" or isinstance(value, list)):
            return False
        if self.where and not self.where.holds(response, self.over, place):
            return False
        if self.fn == "distinct":
            return fold(text_of(value)) != ""
        if self.fn in ("sum", "mean", "median", "min", "max"):
            return isinstance(number_of(value), Fraction)
        return True

    def figure(self, hits):
        if self.fn in PARTS:
            return Fraction(len(hits))
        if self.fn == "distinct":
            return Fraction(len(set(hits)))
        if self.fn == "frequencies":
            return self.frequencies(hits)
        if self.fn == "list":
            return [text_of(value) for value in hits]
        return self.number(sorted(number_of(value) for value in hits))

    def number(self, values):
        if self.fn == "sum":
            return half_up(sum(values, Fraction(0)))
        if not values:
            return None
        middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
        found = {"mean": sum(values) / len(values), "median": middle, "min": values[0], "max": values[-1]}
        return half_up(found[self.fn])

    def frequencies(self, hits):
        question = self.export.questions.get(self.of.question() or "", {})
        coded = question.get("klucz") if not question.get("lista") else None
        times = {}
        for value in [] if coded else hits:
            several = question.get("typ") in ("select_multiple", "rank")
            for code in text_of(value).split() if several else [text_of(value)]:
                times[code] = times.get(code, 0) + 1
        choices = self.export.lists.get(coded or question.get("lista", ""), [])
        rows = [(row["kod"], row["odpowiedz"]) for row in choices if row["nie_wiem"] != "1"]
        known = {row["kod"] for row in choices}
        rows += [(code, code) for code in sorted(times) if code not in known]
        return [{"code": code, "label": label, "count": times.get(code, 0)} for code, label in rows]


def differences(export, plan, printed, smallest_base):
    """What the program printed and this count found otherwise; of a smaller base it prints no share."""
    form = plan["settings"]["form_id"]
    counts = {"invited": len(export.frame), "submitted": len(export.responses)}
    if printed["forms"].get(form) != counts:
        yield f"{form}: printed {printed['forms'].get(form)}, counted {counts}"
    theirs = {row["name"]: row for row in printed["measures"] if row["form"] == form}
    for name in theirs.keys() - {declared["name"] for declared in plan["measures"]}:
        yield f"{form} {name}: not in the plan"
    for declared in plan["measures"]:
        row = theirs.get(declared["name"])
        if row is None:
            yield f"{form} {declared['name']}: not printed"
            continue
        counted = Measure(export, declared).count()
        if counted["base"] is not None and counted["base"] < smallest_base:
            counted["share"] = None
        for key, ours in counted.items():
            if row[key] != ours:
                yield f"{form} {declared['name']}: {key} printed {shown(row[key])}, counted {shown(ours)}"


COLUMNS = {"kind": "jednostka.rodzaj", "powiat": "jednostka.powiat", "nuts2": "jednostka.nuts2", "nuts3": "jednostka.nuts3"}
KEYS = ("value", "numerator", "base", "share", "answered", "missing", "dont_know", "not_relevant")


def column(attribute):
    """The column of an attribute: one that every unit has, or one of the register that the programme declares."""
    return COLUMNS.get(attribute, f"cecha.{attribute}")


def cross_differences(export, plan, printed):
    """Cross-tables: every group, margin and whole counted from the rows of its own units."""
    form = plan["settings"]["form_id"]
    export = export.only({column(attribute): value for attribute, value in printed["where"].items()})
    declared = {row["name"]: row for row in plan["measures"] if row["fn"] != "list"}
    tables = {table["name"]: table for table in printed["tables"] if table["form"] == form}
    if tables.keys() != declared.keys():
        yield f"{form}: cross-tables of {sorted(tables.keys() ^ declared.keys())} do not match the plan"
    for name in tables.keys() & declared.keys():
        seen = set()
        for group in tables[name]["groups"]:
            chosen = {attribute: group[attribute] for attribute in printed["by"] if attribute in group}
            key = tuple(chosen.get(attribute, "whole") for attribute in printed["by"])
            place = f"{form} {name} {chosen}"
            if key in seen or group["hidden"]:
                yield f"{place}: there twice or hidden"
            seen.add(key)
            part = export.only({column(attribute): value for attribute, value in chosen.items()})
            counted = Measure(part, declared[name]).count() | {"asked": len(part.frame), "responses": len(part.responses)}
            if counted["base"] is not None and counted["base"] < printed["smallest_base"]:
                counted["share"] = None
            for number in ("asked", "responses", *KEYS):
                if group[number] != counted[number]:
                    yield f"{place}: {number} printed {shown(group[number])}, counted {shown(counted[number])}"
        yield from missing_groups(export, printed, seen, f"{form} {name}")


def missing_groups(export, printed, seen, place):
    """Groups that stand in the frame and not in the table."""
    by = [column(attribute) for attribute in printed["by"]]
    present = {tuple(row[name] or None for name in by) for row in export.frame}
    for key in present - seen:
        yield f"{place}: no group {key}"
    for at in range(len(by) if len(by) > 1 else 0):
        margins = {tuple(value if at == other else "whole" for other, value in enumerate(key)) for key in present}
        for key in margins - seen:
            yield f"{place}: no margin {key}"
    if tuple("whole" for _ in by) not in seen:
        yield f"{place}: no whole"


def shown(value):
    return str(float(value)) if isinstance(value, Fraction) else repr(value)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("plan", "export", "measures"):
        arguments.add_argument(f"--{name}", type=Path, required=True)
    arguments.add_argument("--cross", type=Path)
    for name in ("codes", "things", "register"):
        arguments.add_argument(f"--{name}", type=Path)
    arguments.add_argument("--on", type=date.fromisoformat)
    arguments.add_argument("--smallest-base", type=int, default=10)
    given = arguments.parse_args()
    csv.field_size_limit(2**31 - 1)
    plan = tomllib.loads(given.plan.read_text(encoding="utf-8"))
    printed = json.loads(given.measures.read_text(encoding="utf-8"), parse_float=Fraction)
    try:
        form = plan["settings"]["form_id"]
        export = Export(given.export, Things(given.things, form))
        found = [*export.contradictions(), *differences(export, plan, printed, given.smallest_base)]
        if given.register:
            found.extend(register.differences(given.register, given.on, export.frame, COLUMNS))
        if given.cross:
            cross = json.loads(given.cross.read_text(encoding="utf-8"), parse_float=Fraction)
            found.extend(cross_differences(export, plan, cross))
        if given.codes:
            found.extend(codes.differences(export, given.codes, form, printed["codes"], half_up))
    except Unsupported as error:
        print(f"cannot be counted: {error}", file=sys.stderr)
        return 2
    for line in found:
        print(line)
    if not found:
        print(f"{form}: {len(plan['measures'])} measures of {len(export.responses)} responses agree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
