"""The list of all findings, twice: as a tutorial writes it, and with everything asked for beforehand."""

from django.db import connection
from django.shortcuts import render
from django.urls import path

from findings.models import Finding


def row(finding, actions, done, last, first, current, moves):
    return {
        "finding": finding,
        "actions": actions,
        "done": done,
        "last": last,
        "first": first,
        "current": current,
        "moves": moves,
        "is_late": finding.is_late(first),
    }


def by_the_tutorial(request):
    """Follows the relations of each finding where it is shown."""
    rows = []
    for finding in Finding.objects.all():
        targets = finding.targets.count()
        rows.append(
            row(
                finding,
                actions=finding.actions.count(),
                done=finding.actions.filter(done_on__isnull=False).count(),
                last=finding.updates.last(),
                first=finding.targets.first(),
                current=finding.targets.last(),
                moves=max(targets - 1, 0),
            )
        )
    return render(request, "list.html", {"rows": rows})


def prefetched(request):
    """Asks for the relations of all findings beforehand, and counts in memory."""
    findings = Finding.objects.select_related("inspection").prefetch_related("actions", "updates", "targets")
    rows = []
    for finding in findings:
        actions, updates, targets = (list(each.all()) for each in (finding.actions, finding.updates, finding.targets))
        rows.append(
            row(
                finding,
                actions=len(actions),
                done=sum(action.done_on is not None for action in actions),
                last=updates[-1] if updates else None,
                first=targets[0] if targets else None,
                current=targets[-1] if targets else None,
                moves=max(len(targets) - 1, 0),
            )
        )
    return render(request, "list.html", {"rows": rows})


def count_statements(get_response):
    """Tells how many statements a page needed, where the bench asks."""

    def middleware(request):
        if "X-Count" not in request.headers:
            return get_response(request)
        statements = 0

        def count(execute, sql, params, many, context):
            nonlocal statements
            statements += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            response = get_response(request)
        response["X-Statements"] = str(statements)
        return response

    return middleware


urlpatterns = [path("by-the-tutorial/", by_the_tutorial), path("prefetched/", prefetched)]
