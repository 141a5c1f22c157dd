"""Prompts to assess again: raised when it is time, one a program; answered by preparing an assessment, or dismissed."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction

from assessments import access, queries
from assessments.choices import PROMPT_MOVES, REASSESSMENT, PromptState
from assessments.models import Assessment, Cause, Prompt
from assessments.queries.prompt_candidates import ToAsk
from core.accounts.models import User
from core.audit import services as audit
from core.audit.models import Entry
from core.faults import each_apart
from notifications import services as notifications
from programs import access as program_access
from programs.choices import ProgramStatus
from programs.models import Program
from programs.services.guards import require_words


def raise_prompts(*, at: dt.datetime) -> int:
    """Ask every program to assess itself again that has a new reason to; return how many there were.

    Doing it again, or twice at once, changes nothing: a reason is told once, and meets the prompt that is open.
    """
    found = _programs_to_ask(at, list(Program.objects.filter(status=ProgramStatus.ACTIVE).values_list("pk", flat=True)))
    if not found:
        return 0
    with transaction.atomic():
        # In one order, so that two who raise at once wait for each other; the second finds nothing new.
        concerned = Program.objects.filter(pk__in=found).order_by("pk")
        locked = list(concerned.select_for_update().values_list("pk", flat=True))
        found = _programs_to_ask(at, locked)
        _write(list(found.values()), at)
    return len(found)


def _programs_to_ask(at: dt.datetime, ids: Collection[int]) -> dict[int, ToAsk]:
    """Return the programs to ask, by number; one that cannot be reckoned is asked nothing, and harms no other."""
    return each_apart(
        ids, lambda some: {each.program_id: each for each in queries.programs_to_ask(at, program_ids=some)}
    )


def _write(found: Sequence[ToAsk], at: dt.datetime) -> None:
    """Make the prompts that are missing, add the reasons, and bring those forward that are wanted earlier."""
    programs = [each.program_id for each in found]
    rows = Prompt.objects.filter(program_id__in=programs, state=PromptState.OPEN)
    standing = {prompt.program_id: prompt for prompt in rows}
    Prompt.objects.bulk_create(
        Prompt(program_id=each.program_id, due_on=each.due_on, created_at=at, updated_at=at)
        for each in found
        if each.program_id not in standing
    )
    made = {prompt.program_id: prompt for prompt in rows.all()}
    moved = [made[each.program_id] for each in found if each.due_on < made[each.program_id].due_on]
    for each in found:
        prompt = made[each.program_id]
        prompt.due_on, prompt.updated_at = min(each.due_on, prompt.due_on), at
    for prompt in moved:
        prompt.version += 1
    Prompt.objects.bulk_update(moved, ["due_on", "updated_at", "version"])
    Cause.objects.bulk_create(
        Cause(prompt=made[each.program_id], program_id=each.program_id, kind=one.kind, subject=one.subject, on=one.on)
        for each in found
        for one in each.reasons
    )
    audit.record_all(_entry(made[each.program_id], each.key, "raise", at=at) for each in found)
    notifications.reschedule_all(kind=REASSESSMENT, due={prompt.pk: prompt.due_on for prompt in moved}, at=at)
    notifications.wake()


@transaction.atomic
def dismiss_prompt(*, prompt: Prompt, reason: str, by: User, at: dt.datetime) -> Prompt:
    """Decide against assessing now, and say why; the next cause asks again.

    Raises:
        core.exceptions.NotFound: to a stranger; NotAllowed: to who neither manages nor decides, and is not reminded.
        core.exceptions.IllegalMove: when it was answered or dismissed already.
        programs.exceptions.ReasonMissing: without a reason.
    """
    member = program_access.membership(by, prompt.program_id)
    prompt = Prompt.objects.select_related("program").select_for_update(of=("self",)).get(pk=prompt.pk)
    access.require_prompt(member, prompt)
    state = PROMPT_MOVES.target(prompt.state, "dismiss")
    reason = require_words(reason, field="reason")
    _close(prompt, state, by=by, at=at, reason=reason)
    audit.record_all([_entry(prompt, prompt.program.key, "dismiss", by=by, at=at, reason=reason)])
    return prompt


def answer_prompt(*, assessment: Assessment, by: User, at: dt.datetime) -> None:
    """Let an assessment that is prepared answer what its program is asked; within the caller's transaction."""
    rows = Prompt.objects.select_related("program").select_for_update(of=("self",))
    prompt = rows.filter(program_id=assessment.program_id, state=PromptState.OPEN).first()
    if prompt is None:
        return
    prompt.assessment = assessment
    _close(prompt, PROMPT_MOVES.target(prompt.state, "answer"), by=by, at=at)


def ask_again(*, assessment: Assessment, at: dt.datetime) -> None:
    """Open the prompt again that a draft answered which is about to be deleted."""
    for prompt in Prompt.objects.select_for_update().filter(assessment=assessment, state=PromptState.ANSWERED):
        prompt.state = PROMPT_MOVES.target(prompt.state, "reopen")
        prompt.assessment = prompt.closed_by = None
        prompt.version, prompt.updated_at = prompt.version + 1, at
        prompt.save(update_fields=["state", "assessment", "closed_by", "version", "updated_at"])
        notifications.wake()


def _close(prompt: Prompt, state: str, *, by: User, at: dt.datetime, reason: str = "") -> None:
    prompt.state, prompt.closed_by, prompt.reason = state, by, reason
    prompt.version, prompt.updated_at = prompt.version + 1, at
    prompt.save(update_fields=["state", "closed_by", "reason", "assessment", "version", "updated_at"])
    notifications.cancel(kind=REASSESSMENT, subject_ids=[prompt.pk], at=at)


def _entry(prompt: Prompt, key: str, verb: str, *, at: dt.datetime, by: User | None = None, reason: str = "") -> Entry:
    return Entry(
        by=by,
        at=at,
        verb=f"{verb}_assessment_prompt",
        scope=f"program:{prompt.program_id}",
        subject=f"{REASSESSMENT}:{prompt.pk}",
        label=key,
        reason=reason,
        changes={"due_on": [None, prompt.due_on.isoformat()]} if verb == "raise" else {},
    )
