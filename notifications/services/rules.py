"""Reminder rules: checked against what is registered, kept as written, and taken apart for deciding."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.audit import services as audit
from notifications import registry
from notifications.exceptions import RuleRefused
from notifications.models import ReminderRule, RuleStep, Scope
from notifications.registry import RuleInput
from notifications.services.scopes import locked
from notifications.services.wakeup import wake

# How far from its due date anything is reminded of, in days.
FARTHEST = 366
MOST_OFFSETS = 20


@transaction.atomic
def save_rules(*, scope_id: int, rules: Sequence[RuleInput], by: User | None, at: dt.datetime) -> list[ReminderRule]:
    """Make these the scope's rules, whole: a kind that is absent loses its rule. Unchanged rules stay untouched.

    A step that is new counts from this day on: it never reminds of the past. Rules of kinds that no app has
    registered yet are kept as they are and decide nothing.
    """
    scope = locked(scope_id)
    for rule in rules:
        _check(rule)
    _check_once(rules)
    known = {rule.kind: rule for rule in ReminderRule.objects.filter(scope=scope)}
    gone = known.keys() - {rule.kind for rule in rules}
    ReminderRule.objects.filter(scope=scope, kind__in=gone).delete()
    changes: dict[str, object] = {kind: [_written(known[kind]), None] for kind in sorted(gone)}
    saved = [_save(scope, rule, known.get(rule.kind), changes, at) for rule in rules]
    if changes:
        audit.record(
            by=by,
            at=at,
            verb="reminder_rules_saved",
            subject=scope.subject,
            scope=scope.subject,
            label=scope.label,
            changes=changes,
        )
        wake()
    return saved


def _check(rule: RuleInput) -> None:
    for words in faults(rule):
        raise RuleRefused(fields={rule.kind: [words]}, words=f"{rule.kind}: {words}")


def faults(rule: RuleInput) -> Iterator[str]:
    """Yield what is wrong with a rule, in words."""
    if len(rule.offsets) > MOST_OFFSETS or any(abs(offset) > FARTHEST for offset in rule.offsets):
        yield _("at most %(most)s offsets, of at most %(days)s days") % {"most": MOST_OFFSETS, "days": FARTHEST}
    if len(set(rule.offsets)) != len(rule.offsets):
        yield _("an offset stands there twice")
    if rule.overdue_every is not None and not 1 <= rule.overdue_every <= FARTHEST:
        yield _("“overdue_every” is a number of days, 1 or more")
    if not rule.audience and (rule.offsets or rule.overdue_every):
        yield _("nobody is named whom it is to remind")
    if any(not 1 <= days <= FARTHEST or not roles for days, roles in rule.ladder):
        yield _("each rung of the ladder needs days, 1 or more, and somebody to tell")
    source = registry.sources().get(rule.kind)
    if source is not None:
        named = {*rule.audience, *(role for _days, roles in rule.ladder for role in roles)}
        for role in sorted(named - source.roles.keys()):
            yield _("“%(role)s” is not one of %(roles)s") % {"role": role, "roles": ", ".join(source.roles)}


def _check_once(rules: Sequence[RuleInput]) -> None:
    kinds = [rule.kind for rule in rules]
    for kind in kinds:
        if kinds.count(kind) > 1:
            words = _("there are two rules for it")
            raise RuleRefused(fields={kind: [words]}, words=f"{kind}: {words}")


def _written(rule: ReminderRule) -> dict[str, object]:
    return {
        "offsets": rule.offsets,
        "overdue_every": rule.overdue_every,
        "audience": rule.audience,
        "ladder": rule.ladder,
    }


def _save(
    scope: Scope, rule: RuleInput, known: ReminderRule | None, changes: dict[str, object], at: dt.datetime
) -> ReminderRule:
    fresh: dict[str, object] = {
        "offsets": sorted(rule.offsets),
        "overdue_every": rule.overdue_every,
        "audience": list(rule.audience),
        "ladder": [[days, list(roles)] for days, roles in rule.ladder],
    }
    before = _written(known) if known is not None else None
    if known is not None and before == fresh:
        return known
    changes[rule.kind] = [before, fresh]
    version = known.version + 1 if known is not None else 1
    stamp = {"updated_at": at, "version": version}
    saved, _made = ReminderRule.objects.update_or_create(
        scope=scope, kind=rule.kind, defaults=fresh | stamp, create_defaults=fresh | stamp | {"created_at": at}
    )
    _take_apart(saved, clock.today(scope.time_zone, at))
    return saved


def _take_apart(rule: ReminderRule, today: dt.date) -> None:
    """Keep the steps that stay, with the day they count from; add what is new, drop what is gone."""
    wanted: set[tuple[str, int | None, int | None]] = {
        (role, offset, None) for role in rule.audience for offset in rule.offsets
    }
    if rule.overdue_every:
        wanted |= {(role, None, rule.overdue_every) for role in rule.audience}
    have = {(step.role, step.offset, step.every): step.pk for step in rule.steps.all()}
    RuleStep.objects.filter(pk__in=[have[key] for key in have.keys() - wanted]).delete()
    RuleStep.objects.bulk_create(
        RuleStep(
            rule=rule, scope_id=rule.scope_id, kind=rule.kind, role=role, offset=offset, every=every, since_on=today
        )
        for role, offset, every in sorted(wanted - have.keys(), key=str)
    )
