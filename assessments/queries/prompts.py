"""The causes of prompts to assess again, told by code."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from assessments.choices import PromptCause
from assessments.models import Assessment, Cause
from programs.models import Outcome
from workstreams.choices import GATE
from workstreams.models import GateReview

Row = dict[str, Any]
_MODELS: dict[str, Any] = {GATE: GateReview, "outcome": Outcome, "assessment": Assessment}
_LABEL = {GATE: "phase__name", "outcome": "statement", "assessment": "template__title"}


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
