"""The peer of the bench: a register of findings as somebody would write it with Django in an afternoon.

    peer.py fill DATABASE EXPORT    makes the database from our JSON export: the same findings, word for word
    peer.py serve DATABASE PORT     /by-the-tutorial/ looks up what a row shows row by row; /prefetched/ asks for
                                    it beforehand; both print the same table

It is kept fair: debugging off, gzip as ours has it, no sign-in, no saved views, no filters, no counting of delay by
two rules. What the page shows of a finding is what our register shows of it.
"""

import datetime
import json
import sys
from pathlib import Path

import django
from django.conf import settings


def configure(database):
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database, "CONN_MAX_AGE": None}},
        DEBUG=False,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=["findings"],
        MIDDLEWARE=["findings.pages.count_statements", "django.middleware.gzip.GZipMiddleware"],
        ROOT_URLCONF="findings.pages",
        SECRET_KEY="only for the bench",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [Path(__file__).parent / "findings"],
            }
        ],
        USE_TZ=True,
    )
    django.setup()


def fill(export):
    from django.core.management import call_command
    from django.db import connection, transaction

    from findings import models

    call_command("migrate", run_syncdb=True, verbosity=0)
    told = json.loads(Path(export).read_text())["recommendations"]
    with connection.schema_editor() as editor:
        known = connection.introspection.table_names()
        for model in (models.Inspection, models.Finding, models.Action, models.Update, models.Target):
            if model._meta.db_table not in known:
                editor.create_model(model)
    with transaction.atomic():
        inspections = {}
        for one in told:
            title = one["inspection"]
            if title not in inspections:
                inspections[title] = models.Inspection.objects.create(title=title)
            finding = models.Finding.objects.create(
                inspection=inspections[title],
                reference=one["reference"],
                text=one["text"],
                owner=one["owner"] or "",
                risk=one["risk_exposure"] or "",
                status=one["status"],
            )
            models.Action.objects.bulk_create(
                models.Action(finding=finding, text=action["text"], done_on=day(action["done_on"]))
                for action in one["actions"]
            )
            models.Update.objects.bulk_create(
                models.Update(finding=finding, at=update["recorded_at"], text=update["text"]) for update in one["updates"]
            )
            models.Target.objects.bulk_create(
                models.Target(finding=finding, due=last_day(target["target"])) for target in one["targets"]
            )


def day(iso):
    return datetime.date.fromisoformat(iso) if iso else None


def last_day(iso):
    """A target may be a month: then its last day."""
    if len(iso) > 7:
        return day(iso)
    year, month = map(int, iso.split("-"))
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


def serve(port):
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_):
            pass

    server = make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    what, database, argument = sys.argv[1:]
    configure(database)
    if what == "fill":
        fill(argument)
    else:
        serve(int(argument))
