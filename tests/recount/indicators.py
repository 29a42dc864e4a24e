#!/usr/bin/env python3
"""Computes every indicator again, from its declaration, its entries and the exported answers alone, and compares.

    indicators.py --programme programme.toml --indicators indicators.json --form up=up.toml=FOLDER ... [--things FOLDER]

programme.toml is the file that the edition was made from, indicators.json what `miernik indicators --format json`
printed, each FOLDER what `miernik responses export --with-open-text` wrote for a questionnaire, that of --things what
`miernik things export` did. Of indicators.json only the entries are believed; declarations come from the file, numbers of measures from the answers. Ends with 0 when
all numbers agree exactly, with 1 after printing each difference.
"""

import argparse
import json
import sys
import tomllib
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from recount import Export, Measure  # noqa: E402
from things import Things  # noqa: E402

SUMMED = ("sum", "distinct", "deliverable")


def amount(written):
    """A number of the programme's file; None for "b.d."."""
    if written is None or written == "b.d.":
        return None
    text = str(written).replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text)


def exact(text):
    """A fraction of the document; None where there is none."""
    return None if text is None else Fraction(text)


class Answers:
    """What measures say, counted from the exported files."""

    def __init__(self, forms, things):
        self.forms = {}
        for form in forms:
            name, plan, folder = form.split("=")
            declared = tomllib.loads(Path(plan).read_text(encoding="utf-8"))["measures"]
            export = Export(Path(folder), Things(things, name))
            self.forms[name] = (export, {measure["name"]: measure for measure in declared})

    def number(self, name):
        form, measure = name.split(".")
        export, declared = self.forms[form]
        return Measure(export, declared[measure]).count()["value"]


class Value:
    """What is known of a span: its parts as (code, number, incomplete)."""

    def __init__(self, span, parts, missing, redefined):
        self.span, self.parts, self.missing, self.redefined = span, parts, missing, redefined

    def number(self):
        known = [number for _, number, _ in self.parts if number is not None]
        return sum(known, Fraction(0)) if known else None

    def flags(self):
        without = any(number is None for _, number, _ in self.parts)
        incomplete = any(flag for _, _, flag in self.parts) or bool(self.missing)
        if incomplete or (without and self.number() is not None):
            yield "incomplete"
        if self.redefined:
            yield "definition_changed"
        if without:
            yield "no_data"


def valid(indicator, year):
    for version in indicator["versions"]:
        if version["from"] <= year <= version.get("to", year):
            return version
    return None


class Indicator:
    """One indicator as of a year."""

    def __init__(self, declared, printed, year, default, answers):
        self.declared, self.year, self.default, self.answers = declared, year, default, answers
        self.version = valid(declared, year)
        self.rule, self.summed = self.version["rule"], declared["kind"] in SUMMED
        self.no_base = "base" in self.version and amount(self.version["base"]["value"]) is None
        self.base = amount(self.version["base"]["value"]) if "base" in self.version else None
        target = self.version.get("target", {})
        self.target, self.readings = amount(target.get("value")), target.get("readings", [])
        self.changed = []
        self.entries = self.current(printed["values"])
        self.values = self.spans()
        since = self.version.get("since")
        ended = [value for value in self.values if value.span[1] <= year]
        self.counted = [value for value in ended if since is None or value.span[0] >= since]

    def current(self, entries):
        """The entries that hold, with the numbers of measures counted again."""
        slots = {}
        for entry in entries:
            slots[entry["from"], entry["to"], entry["part"]] = entry
        holding = []
        for entry in entries:
            holds = slots[entry["from"], entry["to"], entry["part"]] is entry and entry["state"] == "entered"
            if holds != entry["current"]:
                self.changed.append(f"entry {entry['no']}: current printed {entry['current']}")
            number = exact(entry["number"])
            if entry["source"] == "measure":
                counted = self.answers.number(entry["measure"])
                if counted != number:
                    self.changed.append(f"entry {entry['no']}: printed {number}, counted {counted}")
                number = counted
            if holds:
                holding.append((entry, number))
        return holding

    def beside(self, code):
        for version in self.declared["versions"]:
            for beside in version.get("beside", []):
                if beside["code"] == code:
                    return beside
        return None

    def spans(self):
        grouped = {}
        for entry, number in self.entries:
            if not self.beside(entry["part"]):
                grouped.setdefault((entry["from"], entry["to"]), []).append((entry, number))
        values = []
        for span, entries in sorted(grouped.items()):
            parts = [(entry["part"], number, entry["incomplete"]) for entry, number in entries]
            version = valid(self.declared, span[1]) or self.declared["versions"][0]
            entered = {code for code, _, _ in parts}
            expected = [part["code"] for part in version.get("parts", [])]
            missing = [] if "" in entered else [code for code in expected if code not in entered]
            values.append(Value(span, parts, missing, any(entry["redefined"] for entry, _ in entries)))
        return values

    def cumulative(self):
        numbers = [value.number() for value in self.counted if value.number() is not None]
        return sum(numbers, Fraction(0)) if self.summed and numbers else None

    def newest(self):
        return self.counted[-1].number() if self.counted else None

    def amount(self):
        return self.cumulative() if self.summed else self.newest()

    def gaps(self):
        if not self.summed or self.rule in ("survey_5y", "none"):
            return []
        first = self.version.get("since") or (self.counted[0].span[0] if self.counted else None)
        if first is None:
            return []
        known = {year for value in self.counted for year in range(value.span[0], value.span[1] + 1)}
        return [year for year in range(first, self.year + 1) if year not in known]

    def parts_of_degree(self, rule, target, amount):
        """Numerator and denominator; None for rules without a degree."""
        base = self.base or Fraction(0)
        if rule in ("net", "survey_5y"):
            return (amount if self.summed else amount - base), target - base
        if rule == "gross":
            return (base + amount if self.summed else amount), target
        return (amount, target) if rule == "zero_base" else None

    def degree(self, rule, target, amount):
        parts = None if target is None or amount is None else self.parts_of_degree(rule, target, amount)
        return parts[0] / parts[1] if parts and parts[1] != 0 else None

    def compared(self, number, target):
        comparison = self.version.get("comparison", "at_least")
        return {"at_least": number >= target, "at_most": number <= target, "equal": number == target}[comparison]

    def of_year(self):
        for value in self.counted:
            if value.span == (self.year, self.year):
                return ("no_data", None) if value.number() is None else ("number", value.number())
        return ("not_measured" if self.rule == "survey_5y" else "not_entered"), None

    def flags(self):
        found = {flag for value in self.counted for flag in value.flags()}
        before = self.version.get("redefined")
        if before is not None and any(value.span[0] < before for value in self.counted):
            found.add("definition_changed")
        if self.no_base or self.gaps():
            found.add("no_data")
        return sorted(found)

    def planned(self):
        plan, base = self.version.get("plan"), self.base or Fraction(0)
        if plan is None:
            return None
        if plan == "linear":
            start = Fraction(0) if self.summed and self.rule in ("net", "zero_base") else base
            end = self.target - base if self.summed and self.rule == "net" else self.target
            corners = [(self.version["base"]["year"], start), (self.version["target"]["year"], end)]
        else:
            corners = [(point["year"], amount(point["value"])) for point in plan]
        if self.year < corners[0][0]:
            return None
        for (first, low), (last, high) in zip(corners, corners[1:]):
            if first <= self.year < last:
                return low + (high - low) * Fraction(self.year - first, last - first)
        return corners[-1][1]

    def result(self):
        """Everything that the program prints about this indicator."""
        state, of_year = self.of_year()
        found = {
            "state": state, "of_year": of_year, "cumulative": self.cumulative(), "achieved": None, "needed": None,
            "degree": None, "by_default": None, "distance": None, "met": None, "planned": self.planned(),
            "changes": [], "flags": self.flags(),
        }
        warnings = []
        if self.rule == "yoy":
            self.growth(found, warnings)
        elif self.rule == "threshold":
            if of_year is not None:
                found["distance"], found["met"] = self.target - of_year, self.compared(of_year, self.target)
        else:
            self.by_rule(found, warnings)
        warnings += self.traps(found)
        found["warnings"] = sorted(warnings)
        return found

    def by_rule(self, found, warnings):
        number = self.amount()
        if number is None or self.target is None:
            return
        parts = self.parts_of_degree(self.rule, self.target, number)
        if parts is None:
            return
        found["achieved"], found["needed"] = parts
        found["distance"] = parts[1] - parts[0]
        found["degree"] = self.degree(self.rule, self.target, number)
        reached = number + (self.base or 0) if self.summed and self.rule != "zero_base" else number
        found["met"] = self.compared(reached, self.target)
        if found["degree"] is None:
            warnings.append("nothing_to_reach")
        if self.rule != self.default and self.rule in ("net", "gross", "zero_base") and self.base:
            found["by_default"] = self.degree(self.default, self.target, number)
            warnings.append("other_rule")

    def growth(self, found, warnings):
        for before, after in zip(self.counted, self.counted[1:]):
            single = before.span[0] == before.span[1] and after.span[0] == after.span[1]
            if not single or before.span[0] + 1 != after.span[0] or None in (before.number(), after.number()):
                continue
            year, change = after.span[0], after.number() - before.number()
            degree = change / self.target if self.target else None
            met = self.compared(change, self.target)
            found["changes"].append({"year": year, "change": change, "degree": degree, "met": met})
            if not met and year < self.year:
                warnings.append("missed_year")
        if found["changes"] and found["changes"][-1]["year"] == self.year:
            own = found["changes"][-1]
            found.update(
                distance=self.target - own["change"], met=own["met"], degree=own["degree"],
                achieved=own["change"], needed=self.target,
            )

    def traps(self, found):
        without = [value for value in self.counted if value.number() is None]
        if (self.summed and found["cumulative"] is not None and without) or (
            self.no_base and found["degree"] is not None
        ):
            yield "no_data_as_zero"
        if self.gaps():
            yield "missing_years"
        for value in self.counted:
            for _ in [part for part in value.parts if part[2]] + value.missing:
                yield "incomplete_part"
        spans = [value for value in self.counted if value.number() is not None]
        if self.declared["kind"] == "distinct" and len(spans) > 1:
            yield "may_repeat"
        yield from self.beside_warnings(found)
        if self.readings:
            yield "ambiguous_target"

    def beside_numbers(self):
        for entry, number in self.entries:
            beside = self.beside(entry["part"])
            if beside and number is not None:
                yield beside, (entry["from"], entry["to"]), number
        for beside in self.version.get("beside", []):
            if "." in beside.get("source", "manual"):
                yield beside, (self.year, self.year), self.answers.number(beside["source"])

    def beside_warnings(self, found):
        for beside, span, number in self.beside_numbers():
            same = [value for value in self.values if value.span == span and span[1] <= self.year]
            if not same or number is None:
                continue
            if beside["role"] == "balance":
                counted = same[0].number()
                if counted is not None and counted > number and found["cumulative"] is not None:
                    yield "only_increases"
                continue
            here = [own for code, own, _ in same[0].parts if code == beside.get("part", "")]
            if here and here[0] is not None and here[0] != number:
                yield "differs_elsewhere"


def printed_result(result):
    """The numbers of the document as fractions."""
    names = ("of_year", "cumulative", "achieved", "needed", "degree", "by_default", "distance", "planned")
    found = {name: exact(result[name]) for name in names}
    found.update(state=result["state"], met=result["met"], flags=sorted(result["flags"]))
    found["warnings"] = sorted(warning["code"] for warning in result["warnings"])
    found["changes"] = [
        {**one, "change": exact(one["change"]), "degree": exact(one["degree"])} for one in result["changes"]
    ]
    return found


def differences(programme, document, answers):
    printed = {one["code"]: one for one in document["indicators"]}
    declared = [one for one in programme["indicators"] if valid(one, document["year"])]
    if [one["code"] for one in declared] != list(printed):
        yield f"declared {[one['code'] for one in declared]}, printed {list(printed)}"
    for one in declared:
        theirs = printed[one["code"]]
        own = Indicator(one, theirs, document["year"], programme["indicator_rule"]["rule"], answers)
        yield from (f"{one['code']}: {line}" for line in own.changed)
        found, shown = own.result(), printed_result(theirs["result"])
        for name in found:
            if found[name] != shown[name]:
                yield f"{one['code']}: {name} printed {shown[name]}, computed {found[name]}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("programme", "indicators"):
        arguments.add_argument(f"--{name}", type=Path, required=True)
    arguments.add_argument("--form", action="append", default=[], metavar="NAME=PLAN=FOLDER")
    arguments.add_argument("--things", type=Path)
    given = arguments.parse_args()
    programme = tomllib.loads(given.programme.read_text(encoding="utf-8"))
    document = json.loads(given.indicators.read_text(encoding="utf-8"))
    found = list(differences(programme, document, Answers(given.form, given.things)))
    for line in found:
        print(line)
    if not found:
        values = sum(len(one["values"]) for one in document["indicators"])
        print(f"{len(document['indicators'])} indicators with {values} entries agree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
