"""Programs from before there were assessments are reminded of them as new ones are, but where their manager decided.

What is reminded of counts from the day of this migration on, as with every new rule: nothing past is sent.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import migrations
from django.utils import timezone

# Kind, offsets in days, days between reminders once overdue, audience: what new programs start with at this version.
RULES = (
    ("assessment", [-3, 0], 2, ["assessor", "facilitator"]),
    ("reassessment", [-14, 0], 7, ["manager"]),
)
SAVED = "reminder_rules_saved"


def add_missing_rules(apps: Any, schema_editor: Any) -> None:
    """Give each program the rules that it lacks; a kind that its trail tells of is lacking because somebody said so."""
    scopes, rules = (apps.get_model("notifications", name).objects for name in ("Scope", "ReminderRule"))
    decided = set(_decided(apps))
    known = {*rules.values_list("scope_id", "kind"), *decided}
    now = timezone.now()
    for scope in scopes.order_by("pk"):
        today = now.astimezone(zoneinfo.ZoneInfo(scope.time_zone)).date()
        for kind, offsets, every, audience in RULES:
            if (scope.pk, kind) in known:
                continue
            rule = rules.create(
                scope=scope, kind=kind, offsets=offsets, overdue_every=every, audience=audience, ladder=[],
                created_at=now, updated_at=now, version=1,
            )  # fmt: skip
            _take_apart(apps, rule, today)


def _decided(apps: Any) -> Iterator[tuple[int, str]]:
    """Yield the kinds that somebody wrote or deleted a rule for, by scope."""
    subjects = dict(apps.get_model("notifications", "Scope").objects.values_list("subject", "pk"))
    rows = apps.get_model("audit", "Entry").objects.filter(verb=SAVED, by__isnull=False, subject__in=subjects)
    for subject, changes in rows.values_list("subject", "changes").iterator():
        yield from ((subjects[subject], kind) for kind in changes)


def _take_apart(apps: Any, rule: Any, today: dt.date) -> None:
    """Write the steps of a rule, each counting from today."""
    steps = apps.get_model("notifications", "RuleStep").objects
    whole = [(offset, None) for offset in rule.offsets] + [(None, rule.overdue_every)]
    steps.bulk_create(
        steps.model(
            rule_id=rule.pk, scope_id=rule.scope_id, kind=rule.kind, role=role, offset=offset, every=every,
            since_on=today,
        )
        for role in rule.audience
        for offset, every in whole
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("assessments", "0004_private_notes_stay_between_two"),
        ("audit", "0002_append_only"),
        ("notifications", "0002_append_only"),
    ]
    operations: ClassVar = [migrations.RunPython(add_missing_rules, migrations.RunPython.noop)]
