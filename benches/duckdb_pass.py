"""Takes the numbers of the yardsticks' SQL pass from exported answers with DuckDB, and prints how long it took.

usage: duckdb_pass.py FOLDER ROUNDS   (a folder of `miernik responses export`)
"""

import json
import sys
import time

import duckdb

TOTALS = """
SELECT count(*) AS sent,
    count(*) FILTER (media_czy = 'tak')::DOUBLE AS media,
    coalesce(sum(try_cast(media_materialy AS DOUBLE)), 0) AS items,
    count(*) FILTER (dokumenty_czy = 'tak')::DOUBLE AS documents,
    coalesce(sum(try_cast(dokumenty_ile AS DOUBLE)), 0) AS listed,
    count(*) FILTER (wydarzenia_czy = 'tak')::DOUBLE AS events,
    coalesce(sum(try_cast(wydarzenia_ile AS DOUBLE)), 0) AS visits,
    count(*) FILTER (zamowienia_czy = 'tak')::DOUBLE AS orders,
    count(*) FILTER (problemy_czy = 'tak')::DOUBLE AS problems,
    count(*) FILTER (potrzeby_czy = 'tak')::DOUBLE AS needs
FROM {answers} WHERE "zlozenie.numer" IS NOT NULL
"""
NAMES = "SELECT count(DISTINCT lower(trim(medium_nazwa))) FROM {media}"


def timed(work, rounds):
    times, value = [], None
    for _ in range(rounds):
        began = time.perf_counter()
        value = work()
        times.append((time.perf_counter() - began) * 1000)
    return times, value


def main(folder, rounds):
    base = duckdb.connect()
    columns = None

    def take(answers, media):
        nonlocal columns
        found = base.execute(TOTALS.format(answers=answers))
        columns = [column[0] for column in found.description]
        row = dict(zip(columns, found.fetchone()))
        row["names"] = base.execute(NAMES.format(media=media)).fetchone()[0]
        return row

    read = "read_csv('{}/{}.csv', all_varchar = true, header = true)".format
    files = (read(folder, "odpowiedzi"), read(folder, "medium"))
    from_csv, first = timed(lambda: take(*files), rounds)
    for name, file in zip(("answers", "media"), files):
        base.execute(f"CREATE TABLE {name} AS SELECT * FROM {file}")
    from_table, second = timed(lambda: take("answers", "media"), rounds)
    assert first == second, (first, second)
    threads = base.execute("SELECT current_setting('threads')").fetchone()[0]
    print(json.dumps({
        "version": duckdb.__version__, "threads": threads,
        "from_csv_ms": from_csv, "from_table_ms": from_table, "pass": first,
    }))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
