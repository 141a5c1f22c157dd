"""Prompts to assess again, as their readers see them: with their causes, told by code."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, cast

from django.db.models import QuerySet

from assessments.choices import PromptCause
from assessments.models import Assessment, Cause, Prompt
from core.accounts.models import User
from programs.models import Outcome
from programs.queries import name_of
from workstreams.choices import GATE
from workstreams.models import GateReview

Row = dict[str, Any]
_MODELS: dict[str, Any] = {GATE: GateReview, "outcome": Outcome, "assessment": Assessment}
_LABEL = {GATE: "phase__name", "outcome": "statement", "assessment": "template__title"}


def prompt_rows(reader: User) -> QuerySet[Any, Row]:
    """Return the prompts of the reader's programs."""
    rows = Prompt.objects.visible_to(reader).values(
        "id", "version", "program_id", "program__key", "program__name", "state", "due_on", "reason", "assessment_id",
        "assessment__code", "assessment__template__title", "closed_by_id", "created_at", "updated_at",
        closed_by_name=name_of("closed_by"),
    )  # fmt: skip
    return cast("QuerySet[Any, Row]", rows)


def shown_causes(prompt_ids: Collection[int]) -> dict[int, list[Row]]:
    """Return the causes of prompts, the latest first, each with the code and name of what it is about.

    It takes one statement, and one for each kind of thing that they are about.
    """
    rows = list(
        Cause.objects.filter(prompt_id__in=prompt_ids)
        .order_by("-on", "pk")
        .values("prompt_id", "kind", "subject", "on")
    )
    named = _named({row["subject"] for row in rows})
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        code, name = named.get(row["subject"], ("", ""))
        kind = PromptCause(row["kind"])
        found[row["prompt_id"]].append(
            {"kind": kind.value, "label": kind.label, "on": row["on"], "code": code, "name": name}
        )
    return found


def _named(subjects: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the code and name of gates, outcomes and assessments, by text key."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for subject in subjects:
        kind, _colon, number = subject.partition(":")
        if kind in _MODELS:
            wanted[kind].append(int(number))
    found = {}
    for kind, pks in wanted.items():
        rows = _MODELS[kind].objects.filter(pk__in=pks).values_list("pk", "program__key", "code", _LABEL[kind])
        for pk, key, code, name in rows:
            found[f"{kind}:{pk}"] = (f"{key}-{code}", name)
    return found
