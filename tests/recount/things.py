"""Which entries name the same thing, from the exported decisions; entries that nobody decided about by their spelling."""

import csv

from folding import fold


class Things:
    """What `miernik things export` wrote about a questionnaire; nothing decided without a folder."""

    def __init__(self, folder=None, form=None):
        self.form, self.rows = form, []
        if folder:
            with open(folder / "laczenie.csv", encoding="utf-8", newline="") as file:
                self.rows = [row for row in csv.DictReader(file) if row["ankieta"] == form]
        # Decisions about a list are numbered; about each entry the one with the highest number holds.
        self.decided = {}
        for row in sorted(self.rows, key=lambda row: int(row["numer"])):
            self.decided[row["lista"], row["kod_jednostki"], row["wpis"]] = row["klucz"]

    def key(self, listed, unit, entry, text):
        """What an entry names: as it was decided, or, where that was taken back or never was, by how it is spelled."""
        return self.decided.get((listed, unit, entry)) or fold(text)

    def contradictions(self):
        """Decisions that cannot be told apart."""
        numbers = [(row["lista"], row["numer"]) for row in self.rows]
        for listed, number in sorted({one for one in numbers if numbers.count(one) > 1}):
            yield f"{self.form} {listed}: decision {number} stands there twice"
