"""Failure demand of a national year: the service beside DuckDB. Run by benches/measures.sh."""

import atexit
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = ROOT / "target" / "release"
FROM, UNTIL = "2026-01-01", date.today().isoformat()
TIMES = 3


def run(command, **more):
    """Runs a command: what it said, CPU seconds, the most memory it held in MB, wall seconds."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen([str(word) for word in command], stdout=said, **more)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        told = said.read().decode()
    if child.returncode != 0:
        sys.exit(f"{command[0]} ended with {child.returncode}: {told}")
    return told, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, time.monotonic() - began


def best(command, **more):
    """The run of several that needed the least CPU, so that both are seen at their best."""
    return min((run(command, **more) for _ in range(TIMES)), key=lambda one: one[1])


def serve(folder):
    """The service with the demonstration, and its address."""
    said = tempfile.TemporaryFile()
    server = subprocess.Popen(
        [RELEASE / "answerable", "serve", "--data-dir", folder, "--listen", "127.0.0.1:0", "--demo"],
        stdout=subprocess.PIPE,
        stderr=said,
        env={**os.environ, "ANSWERABLE_DEMO_WEEKS": "12"},
        text=True,
    )
    atexit.register(server.kill)  # whatever goes wrong after this, it does not stay behind
    for line in server.stdout:
        if "http://127.0.0.1" in line:
            return server, line.split()[-1]
    said.seek(0)
    sys.exit(f"the force was not made: {said.read().decode()[-2000:]}")


def force(folder):
    """A force at work for twelve weeks, counted: where the issues come from."""
    server, address = serve(folder)
    for _ in range(600):
        time.sleep(1)
        told = json.loads(run([RELEASE / "answerable", "measure", "failure-demand", "--data-dir", folder, "--from", FROM, "--until", UNTIL])[0])
        with urllib.request.urlopen(f"{address}/readyz") as answer:
            if told["told_to_entry"] >= json.load(answer)["entry"]:
                break
    server.terminate()
    server.wait()
    print(f"The force: {told['rate']['eligible']} eligible contacts, {told['percent']:.1f}% failure demand", flush=True)


FIVE_YEARS = """
    with recursive day(day) as (select date(:last, '-5 years') union all select date(day, '+1 day') from day where day < :last),
    division(division) as (values ('A'), ('B'), ('C'), ('D'), ('E'), ('F'), ('G'), ('J'), ('K'), ('L'), ('N'), ('P'), ('Q'), ('U')),
    reason(reason) as (values ('F01'), ('F02'), ('F03'), ('F04'), ('F05'), ('F06'), ('F07'), ('F08'), ('F09'), ('F10')),
    hour(hour) as (select '00' union all select printf('%02d', hour + 1) from hour where hour < '23')
"""


def page_of_five_years(folder):
    """A measure's page over five years of a whole force: the sums are put in, the page is asked for."""
    last = UNTIL
    with sqlite3.connect(folder / "answerable.sqlite") as rows:
        for table in ("measure_cube", "measure_sum"):
            rows.execute(f"delete from {table} where measure = 'failure_demand'")
        version = rows.execute("select max(version) from measure_contribution where measure = 'failure_demand'").fetchone()[0]
        columns = "measure, version, in_force, day, division, reason, numerator, denominator, contributions"
        rows.execute(f"{FIVE_YEARS} insert into measure_cube ({columns}) select 'failure_demand', {version}, 1, day, division, reason, "
                     "1 + abs(random()) % 9, 30, 30 from day, division, reason", {"last": last})
        of = "kind, measure, version, in_force, period, hour, division, reason, numerator, denominator, contributions"
        sums = "sum(numerator), sum(denominator), sum(contributions) from measure_cube where measure = 'failure_demand'"
        rows.execute(f"insert into measure_sum ({of}) select 'day', measure, version, 1, day, '', division, '', {sums} group by 2, 3, 5, 7")
        rows.execute(f"insert into measure_sum ({of}) select 'month', measure, version, 1, substr(day, 1, 7), '', division, reason, {sums} group by 2, 3, 5, 7, 8")
        rows.execute(f"{FIVE_YEARS} insert into measure_sum ({of}) select 'hour', 'failure_demand', {version}, 1, day, hour, division, '', "
                     "1 + abs(random()) % 3, 12, 12 from day, division, hour", {"last": last})
    token = run([RELEASE / "answerable", "token", "analyst", "--data-dir", folder])[0].strip()
    server, address = serve(folder)
    first = date.today().replace(year=date.today().year - 5, day=1).isoformat()
    over = []
    for name, query in (("by month", "by=month"), ("by week", "by=week"), ("by day", "by=day"), ("one division and reason", "by=month&division=E&reason=F02")):
        request = urllib.request.Request(f"{address}/measures/failure_demand?from={first}&until={UNTIL}&{query}",
                                         headers={"authorization": f"Bearer {token}", "accept": "text/html"})
        times = []
        for _ in range(40):
            began = time.monotonic()
            with urllib.request.urlopen(request) as answer:
                size = len(answer.read())
            times.append((time.monotonic() - began) * 1000)
        times.sort()
        print(f"A page over five years, {name}: p95 {times[37]:.1f} ms, median {times[20]:.1f} ms, {size / 1024:.0f} kB", flush=True)
        over += [name] if times[37] > 100 else []
    server.terminate()
    server.wait()
    if over:
        sys.exit(f"More than 100 ms: {', '.join(over)}")


YEARS = """
    with recursive day(number) as (select 1 union all select number + 1 from day where number < :years * 365),
    part(number) as (select 1 union all select number + 1 from part where number < 140),
    one(number) as (select 1 union all select number + 1 from one where number < 12)
    insert into measure_contribution (measure, version, in_force, subject, number, at, day, division, reason,
        numerator, denominator, from_seq, until_seq)
    select 'failure_demand', 3, 1, day.number || '-' || part.number || '-' || one.number, 0,
        date('2026-11-01', '-' || day.number || ' days') || 'T12:00:00.000000Z',
        date('2026-11-01', '-' || day.number || ' days'),
        substr('ABCDEFGJKLNPQU', 1 + part.number % 14, 1), 'F' || substr('0' || (1 + part.number / 14), -2), 1, 1, 1,
        (select max(until_seq) from measure_contribution)
    from day, part, one
"""


def late_facts(folder):
    """A fact that comes late, with one year inside and with five."""
    medians = {}
    for years in (1, 5):
        copy = folder / f"late-{years}"
        shutil.copytree(folder / "force", copy)
        with sqlite3.connect(copy / "answerable.sqlite") as rows:
            rows.execute(YEARS, {"years": years})
            filled = rows.execute("select changes()").fetchone()[0]
        told = json.loads(run([RELEASE / "examples" / "late_fact", copy, 200])[0])
        shutil.rmtree(copy)
        medians[years] = told["median_ms"]
        print(f"A late fact with {years} year{'s' if years > 1 else ''} inside ({filled:,} contributions of others): median {told['median_ms']:.2f} ms", flush=True)
    if medians[5] > 1.5 * medians[1]:
        sys.exit("A late fact costs more with more years inside.")


def main():
    contacts = int(sys.argv[1])
    folder = Path(tempfile.mkdtemp(prefix="answerable-measures-", dir=os.environ.get("TMPDIR")))
    try:
        compare(folder, contacts)
        late_facts(folder)
        page_of_five_years(folder / "force")
    finally:
        shutil.rmtree(folder)


def compare(folder, contacts):
    force(folder / "force")
    rows, store = folder / "rows.csv", folder / "store"
    told, *_ = run([RELEASE / "examples" / "national_year", folder / "force", store, rows, contacts, FROM, UNTIL])
    print("The year:", told.strip(), flush=True)
    parquet = folder / "facts.parquet"
    run([sys.executable, ROOT / "benches" / "measures_duckdb.py", "load", rows, parquet])
    rows.unlink()
    size = sum(one.stat().st_size for one in store.iterdir())
    print(f"Store {size / 2**20:.0f} MB, Parquet {parquet.stat().st_size / 2**20:.0f} MB", flush=True)
    ask = ["--from", FROM, "--until", UNTIL]
    ours = best([RELEASE / "answerable", "measure", "failure-demand", "--data-dir", store, *ask])
    peer = best([sys.executable, ROOT / "benches" / "measures_duckdb.py", "judge", parquet, *ask])
    mine, theirs = json.loads(ours[0])["rate"], json.loads(peer[0])
    counted = {key: mine[key] for key in ("eligible", "failures", "value", "neutral", "unknown", "discontinued", "never")}
    counted["by_primary"] = mine["by_primary"]
    print("Counted:", json.dumps(counted))
    if counted != theirs:
        sys.exit(f"The counts differ. DuckDB: {json.dumps(theirs)}")
    every = best([RELEASE / "answerable", "measure", "everything", "--data-dir", store, *ask])
    told = {one["measure"]: one for one in json.loads(every[0])["measures"]}
    counted = told["failure_demand"]
    print(f"All measures: {len(told)}, {sum(one['contributions'] for one in told.values()):,} contributions of "
          f"{json.loads(every[0])['lives']:,} lives and {json.loads(every[0])['issues']:,} issues")
    if len(told) < 20 or not all(one["contributions"] for key, one in told.items() if key != "evidence_returned"):
        sys.exit(f"Nothing is counted of {[key for key, one in told.items() if not one['contributions']]}")
    if (counted["numerator"], counted["denominator"]) != (mine["failures"], mine["eligible"]):
        sys.exit(f"Failure demand is another among all measures: {counted['numerator']} of {counted['denominator']}")
    for name, (_, cpu, memory, wall) in (("Answerable", ours), ("DuckDB", peer), ("All measures, Answerable", every)):
        print(f"{name:24} {cpu:7.2f} CPU s  {memory:7.0f} MB at most  {wall:7.2f} s")
    cpu, memory = ours[1] / peer[1], ours[2] / peer[2]
    print(f"Answerable needs {cpu:.2f} of DuckDB's CPU and {memory:.2f} of its memory (at most 0.50 of each).")
    print(f"All {len(told)} measures together need {every[1] / peer[1]:.2f} of what DuckDB needs for that one (at most 1.00).")
    if cpu > 0.5 or memory > 0.5:
        sys.exit("That is more than half.")
    if every[1] > peer[1]:
        sys.exit("All measures together need more than DuckDB for that one.")


if __name__ == "__main__":
    main()
