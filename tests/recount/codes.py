"""Counts of the codes of open answers, from the exported answers and the exported codes."""

import csv
import tomllib
from fractions import Fraction

SAYS_NOTHING = ("off_topic", "illegible")
BASES = ("responses", "answered", "coded", "off_topic", "illegible")


class Codes:
    """What `miernik codes export` wrote."""

    def __init__(self, folder, form):
        self.folder, self.form = folder, form
        with open(folder / "kodowanie.csv", encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["ankieta"] == form]
        self.given = {(row["pytanie"], row["kod_jednostki"], row["wpis"]): row for row in rows}
        self.twice = len(rows) - len(self.given)

    def frame(self, name):
        return tomllib.loads((self.folder / f"{name}.toml").read_text(encoding="utf-8"))


def answers(export, question):
    """Response by response, the answers to a question: the entry (empty outside of lists) and the text."""
    repeat = export.questions[question]["wpisy"]
    for response in export.responses:
        rows = response.entries[repeat] if repeat else [response.row]
        found = [(row["wpis.id"] if repeat else "", row[question]) for row in rows if row[f"{question}.status"] == "A"]
        yield response.row["jednostka.kod"], found


def contradictions(export, codes, questions):
    """Places where the two exports disagree."""
    if codes.twice:
        yield f"{codes.form} kody: {codes.twice} answers stand there twice"
    raw = {
        (question, unit, entry): text
        for question in questions
        for unit, found in answers(export, question)
        for entry, text in found
    }
    for key in raw.keys() ^ codes.given.keys():
        yield f"{codes.form} kody: {key} stands in one of the two exports"
    for key in raw.keys() & codes.given.keys():
        if raw[key] != codes.given[key]["odpowiedz"]:
            yield f"{codes.form} kody: the texts of {key} are different"


def count(export, codes, question, frame, smallest_base, half_up):
    """Everything that the program prints about a coded question, but its words."""
    by_response, answered = [], 0
    for unit, found in answers(export, question):
        own = {code for entry, _ in found for code in codes.given[question, unit, entry]["kody"].split()}
        answered += bool(found)
        by_response.extend([own] if own else [])
    kinds = {code["code"]: code.get("kind", "topic") for code in frame["codes"]}
    silent = [own for own in by_response if all(kinds[code] in SAYS_NOTHING for code in own)]
    illegible = sum(any(kinds[code] == "illegible" for code in own) for own in silent)
    responses = len(export.responses)

    def counted(number, kind="topic"):
        share = lambda base: half_up(Fraction(number, base)) if base and base >= smallest_base else None
        saying = 0 if kind in SAYS_NOTHING else answered - len(silent)
        return {"count": number, "of_answered": share(saying), "of_all": share(responses)}

    rows = []
    for code in frame["codes"]:
        number = sum(code["code"] in own for own in by_response)
        retired = "retired" in code
        if number or not retired:
            row = {"code": code["code"], "label": code["label"], "kind": kinds[code["code"]]}
            rows.append(row | {"themes": code.get("themes", []), "retired": retired} | counted(number, kinds[code["code"]]))
    rows.sort(key=lambda row: (row["kind"] in SAYS_NOTHING, -row["count"]))
    of_theme = {code["code"]: set(code.get("themes", [])) for code in frame["codes"]}
    themes = [
        {"code": theme, "label": label} | counted(sum(any(theme in of_theme[code] for code in own) for own in by_response))
        for theme, label in frame.get("themes", {}).items()
    ]
    bases = (responses, answered, len(by_response), len(silent) - illegible, illegible)
    return dict(zip(BASES, bases)) | {"codes": rows, "themes": themes}


def differences(export, folder, form, printed, half_up):
    """What the program printed about codes and this count found otherwise."""
    codes = Codes(folder, form)
    frames = {name: row["klucz"] for name, row in export.questions.items() if row["klucz"] and row["typ"] == "text"}
    yield from contradictions(export, codes, frames)
    theirs = {table["question"]: table for table in printed if table["form"] == form}
    if list(theirs) != list(frames):
        yield f"{form} kody: printed {list(theirs)}, the files have {list(frames)}"
        return
    for question, name in frames.items():
        table = theirs[question]
        ours = count(export, codes, question, codes.frame(name), table["smallest_base"], half_up)
        for key, counted in ours.items():
            if table[key] != counted:
                yield f"{form} {question} kody: {key} printed {table[key]}, counted {counted}"
