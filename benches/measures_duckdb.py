"""The peer of benches/measures.py: failure demand, FD-1, by SQL from Parquet, in one thread.

    measures_duckdb.py load ROWS.csv FACTS.parquet
    measures_duckdb.py judge FACTS.parquet --from DAY --until DAY

The windows, what holds over what and the order of severity are read from definitions/failure.toml; the rules are written
here a second time, in another language: so the comparison is of the counts, too.
"""

import json
import sys
import tomllib
from pathlib import Path

import duckdb

DEFINITION = tomllib.loads((Path(__file__).resolve().parent.parent / "definitions" / "failure.toml").read_text())["version"][0]
SECONDS = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
FAILURES = ["F01", "F02", "F03", "F05", "F06", "F07", "F08", "F09", "F10", "F11", "F13"]
VALUES = ["V1", "V2", "V3", "V4", "V5"]


def length(code, what="window", family=None):
    """A parameter in microseconds."""
    one = next(w for w in DEFINITION["window"] if w["code"] == code and w["what"] == what and w.get("family") == family)
    return next(count * seconds for unit, seconds in SECONDS.items() if (count := one.get(unit))) * 1_000_000


def channels(role):
    return ", ".join(f"'{one['key']}'" for one in DEFINITION["channel"] if one["role"] == role)


def order(code):
    return next(one["order"] for one in DEFINITION["code"] if one["key"] == code)


def over(code):
    """The kinds of value demand, as bits, over which a code does not hold."""
    holds = next(one.get("over", []) for one in DEFINITION["code"] if one["key"] == code)
    return sum(1 << place for place, value in enumerate(VALUES) if value not in holds)


def one_of(names):
    return ", ".join(f"'{name}'" for name in names)


def within(code, since):
    return f"({since} is not null and moment - {since} <= {length(code)})"


BEFORE = "(partition by issue order by place rows between unbounded preceding and 1 preceding)"
UP_TO = "(partition by issue order by place)"
AFTER = "(partition by issue order by place rows between 1 following and unbounded following)"
OPENING = "(partition by issue, opening order by place rows between unbounded preceding and 1 preceding)"


def sql(path, first, last):
    none = f"select count(*) from read_parquet('{path}') where kind in ('linked', 'outage_began', 'outage_ended')"
    fired = {
        "F01": f"""not coalesce(was_closed, false) and not coalesce(was_there, false) and graded.grade >= 2 and (
            graded.due_at < moment or (graded.grade = 2 and coalesce(reviewed_place, -1) < graded.place
            and graded.moment + {length('F01', 'review')} < moment))""",
        "F02": f"{within('F02', 'failed_at')} or {within('F02', 'late_at')}",
        "F03": "promises.place is not null",
        "F05": f"""closed_at is not null and moment - closed_at <= early and reopened_at is not null
            and reopened_at - moment <= early""",
        "F06": "raised.n is not null",
        "F07": within("F07", "incomplete_at"),
        "F08": "coalesce(passed_round, false)",
        "F09": within("F09", "returned_at"),
        "F10": "bounced.place is not null",
        "F11": "again.place is not null or gave_up.place is not null",
        "F13": within("F13", "not_honoured_at"),
    }
    primary = " ".join(f"when {code} then '{code}'" for code in sorted(FAILURES + ["F04", "F12", "F14", "F15"], key=order))
    flags = ",\n".join(
        f"coalesce(({fired[code]}), false) and worth & {over(code)} = 0 as {code}" for code in FAILURES
    )
    said = ",\n".join(f"coalesce(said = '{code}', false) and worth = 0 as {code}" for code in ["F04", "F12", "F14", "F15"])
    by_advisor = ",\n".join(f"({code} or coalesce(said = '{code}' and worth = 0, false)) as {code}" for code in FAILURES)
    return none, f"""
    with facts as (
        select *, kind = 'contacted' as is_contact,
            kind = 'contacted' and is_answered and channel not in ({channels('never')})
            and (contact_kind = 'ordinary' or (contact_kind = 'unless_risk' and has_risk)) as is_eligible
        from read_parquet('{path}')
    ), told as (
        select *,
            count(*) filter (is_eligible) over {BEFORE} as earlier,
            count(*) filter (kind = 'reopened') over {UP_TO} as opening,
            count(*) filter (kind = 'accepted') over {UP_TO} as taken,
            max(moment) filter (kind = 'failed_by_police') over {BEFORE} as failed_at,
            max(moment) filter (kind = 'kept' and minutes > {length('F02', 'late') // 60_000_000}) over {BEFORE} as late_at,
            max(moment) filter (kind = 'returned_incomplete') over {BEFORE} as incomplete_at,
            max(moment) filter (kind = 'report_returned') over {BEFORE} as returned_at,
            max(moment) filter (kind in ('sent', 'choice') and choice = 'not') over {BEFORE} as not_honoured_at,
            max(place) filter (kind = 'sent') over {BEFORE} as sent_place,
            coalesce(bool_or(family in ({one_of(DEFINITION['protected'])})) over {UP_TO}, false) as is_protected,
            case when bool_or(family = 'domestic') over {UP_TO} then {length('F05', family='domestic')}
                else {length('F05')} end as early,
            min(moment) filter (kind = 'reopened') over {AFTER} as reopened_at,
            min(place) filter (is_eligible) over {AFTER} as next_place,
            min(place) filter (kind = 'booked') over {AFTER} as booked_place,
            last_value(case when kind in ('booked', 'missed_by_caller', 'cancelled_by_caller', 'failed_by_police', 'kept')
                then kind end ignore nulls) over {BEFORE} as appointment,
            last_value(case when kind = 'graded' then grade end ignore nulls) over {BEFORE} as last_grade,
            last_value(case when kind = 'assessed' then bits end ignore nulls) over {BEFORE} as last_bits
        from facts
    ), passed as (
        select *,
            count(*) filter (kind = 'offered') over (partition by issue, taken order by place) as offers,
            last_value(case when kind = 'graded' then struct_pack(grade := grade, moment := moment, due_at := due_at, place := place)
                end ignore nulls) over {OPENING} as graded,
            bool_or(kind = 'arrived') over {OPENING} as was_there,
            bool_or(kind = 'closed') over {OPENING} as was_closed,
            max(moment) filter (kind = 'closed') over {OPENING} as closed_at,
            max(place) filter (kind = 'reviewed') over {OPENING} as reviewed_place
        from told
    ), walked as (
        select *, bool_or(offers >= 2 or kind = 'sc07_returned') over {BEFORE} as passed_round from passed
    ), contacts as (
        select * from walked where is_contact
    ), eligible as (
        select *, (case when earlier = 0 and not (is_protected and coalesce(advisor = 'V2', false)) then 1 else 0 end)
            + (case when is_protected and coalesce(advisor = 'V2', false) then 2 else 0 end)
            + (case when is_new then 4 else 0 end) + (case when marks & 2 <> 0 then 8 else 0 end)
            + (case when marks & 1 <> 0 then 16 else 0 end) as worth,
            marks & 4 <> 0 or marks & 8 <> 0 or coalesce(appointment = 'missed_by_caller'
                and booked_place < coalesce(next_place, 1000000), false) as is_neutral
        from contacts where is_eligible
    ), promised as (
        select issue, name, place, kind, due_at, lead(place) over (partition by issue, name order by place) as until_place
        from facts where kind in ('promised', 'settled', 'broken')
    ), promises as (
        select distinct c.issue, c.place from eligible c join promised p on p.issue = c.issue and p.place < c.place
            and (p.until_place is null or p.until_place > c.place)
            and (p.kind = 'broken' or (p.kind = 'promised' and p.due_at < c.moment))
    ), raised as (
        select distinct r.issue, r.earlier as n from walked r join eligible c on c.issue = r.issue and c.earlier = r.earlier - 1
        where r.earlier >= 2 and r.was_available and r.moment - c.moment <= {length('F06')}
            and ((r.kind = 'graded' and r.last_grade < r.grade) or (r.kind = 'assessed' and (r.bits & ~r.last_bits) <> 0))
    ), referred as (
        select *, last_value(choice) over (partition by issue, name order by place
            rows between unbounded preceding and unbounded following) as outcome
        from (select issue, name, place, moment, kind, case when kind = 'referral_ended' then choice end as choice
            from facts where kind in ('referred', 'referral_ended'))
    ), sent as (
        select c.issue, c.place, c.moment, r.name, any_value(r.outcome) as outcome,
            coalesce(max(r.moment) filter (r.kind = 'referred'), min(r.moment) filter (r.kind = 'referral_ended')) as sent_at
        from eligible c join referred r on r.issue = c.issue and r.place < c.place group by all
    ), bounced as (
        select distinct issue, place from sent where outcome = 'failed' and moment - sent_at <= {length('F10')}
    ), again as (
        select c.issue, c.place from eligible c join eligible e on e.issue = c.issue and e.place < c.place
            and e.channel in ({channels('web')}) and e.place > coalesce(c.sent_place, -1)
        where c.channel in ({channels('web')}) group by c.issue, c.place, c.moment
        having c.moment - min(e.moment) > {length('F11', 'standard')}
    ), attempts as (
        select issue, place, moment, name, was_available from facts where kind = 'attempted' and choice <> 'advice'
            and bits * 1000000 >= {length('F11', 'wait')} and channel in ({channels('non_emergency')})
    ), gave_up as (
        select distinct c.issue, c.place from eligible c join attempts a on a.issue = c.issue and a.place < c.place
            and (a.was_available or a.name = c.name) and c.moment - a.moment <= {length('F11')}
        where c.channel in ({channels('emergency')}, {channels('web')})
    ), fired as (
        select c.*, {flags}
        from eligible c
        left join promises using (issue, place)
        left join raised on raised.issue = c.issue and raised.n = c.earlier + 1
        left join bounced on bounced.issue = c.issue and bounced.place = c.place
        left join again on again.issue = c.issue and again.place = c.place
        left join gave_up on gave_up.issue = c.issue and gave_up.place = c.place
    ), chased as (
        select *, coalesce(advisor, case when marks & 16 <> 0 and worth = 0 and not is_neutral
            and not ({' or '.join(FAILURES)}) then 'F04' end) as said
        from fired
    ), decided as (
        select * exclude ({', '.join(FAILURES)}), {by_advisor}, {said} from chased
    ), judged as (
        select case {primary} end as reason, worth, is_neutral, said from decided
        where moment >= {first} and moment < {last}
    )
    select count(*), count(reason), count(*) filter (reason is null and worth <> 0),
        count(*) filter (reason is null and worth = 0 and (is_neutral or said in ('X1', 'X2', 'X3'))),
        count(*) filter (reason is null and worth = 0 and not is_neutral and said in ({one_of(VALUES)})),
        map_from_entries(list(distinct struct_pack(k := reason, v := 0)) filter (reason is not null)),
        (select list(struct_pack(reason := reason, n := n)) from
            (select reason, count(*) as n from judged where reason is not null group by reason)),
        (select count(*) filter (not is_answered) from contacts where moment >= {first} and moment < {last}),
        (select count(*) filter (is_answered and (channel in ({channels('never')}) or contact_kind = 'never'
            or (contact_kind = 'unless_risk' and not has_risk))) from contacts where moment >= {first} and moment < {last})
    from judged
    """


def judge(path, first, last):
    connection = duckdb.connect()
    connection.execute("set threads = 1")
    bound = "select epoch_us(timezone('Europe/London', ?::timestamp))"
    began = connection.execute(bound, [first]).fetchone()[0]
    ended = connection.execute(bound.replace("?::timestamp", "?::timestamp + interval 1 day"), [last]).fetchone()[0]
    none, whole = sql(path, began, ended)
    if connection.execute(none).fetchone()[0]:
        sys.exit("There are facts that this comparison does not judge.")
    eligible, failures, value, neutral, said_value, _, reasons, discontinued, never = connection.execute(whole).fetchone()
    value += said_value
    print(
        json.dumps(
            {
                "eligible": eligible,
                "failures": failures,
                "value": value,
                "neutral": neutral,
                "unknown": eligible - failures - value - neutral,
                "discontinued": discontinued,
                "never": never,
                "by_primary": dict(sorted((one["reason"], one["n"]) for one in reasons or [])),
            }
        )
    )


def load(rows, parquet):
    types = "{'kind': 'VARCHAR', 'choice': 'VARCHAR', 'channel': 'VARCHAR', 'division': 'VARCHAR', 'family': 'VARCHAR', " \
        "'contact_kind': 'VARCHAR', 'advisor': 'VARCHAR', 'issue': 'INTEGER', 'place': 'INTEGER', 'moment': 'BIGINT', " \
        "'name': 'INTEGER', 'due_at': 'BIGINT', 'grade': 'TINYINT', 'was_available': 'BOOLEAN', 'bits': 'UBIGINT', " \
        "'minutes': 'INTEGER', 'is_answered': 'BOOLEAN', 'has_risk': 'BOOLEAN', 'is_new': 'BOOLEAN', 'marks': 'UTINYINT'}"
    duckdb.connect().execute(
        f"copy (select * from read_csv('{rows}', header = true, types = {types})) to '{parquet}' (format parquet, compression zstd)"
    )


if sys.argv[1] == "load":
    load(sys.argv[2], sys.argv[3])
else:
    judge(sys.argv[2], sys.argv[4], sys.argv[6])
