"""The page of a prompt to assess again: why, by when, what to do about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import access as assessment_access
from assessments import queries, services
from assessments.choices import PromptCause
from assessments.forms.prompts import DismissForm
from assessments.models import Prompt
from assessments.queries import lists
from assessments.views.form_requests import sent
from core import clock, flash
from core.access import access, reader
from core.exceptions import NotFound
from core.refusals import is_done
from programs.queries import heads

_PAGES = {
    PromptCause.GATE: "workstreams:gate",
    PromptCause.MISSED_OUTCOME: "programs:outcome",
    PromptCause.CADENCE: "assessments:assessment",
}


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def assess_again(request: HttpRequest, key: str) -> HttpResponse:
    """Show what asks a program to assess itself again, and take a decision against it."""
    head = heads.head(reader(request), key, clock.now())
    prompt = queries.open_prompt(head.program.pk)
    form = DismissForm(sent(request))
    if request.method == "POST":
        answer = _dismiss(request, head, prompt, form)
        if answer is not None:
            return answer
    rows = lists.of_program(head.program.pk)
    past = [row for row in rows if not row["is_under_way"]]
    context = {
        "head": head,
        "tab": "assessments",
        "prompt": prompt,
        "causes": _causes(prompt),
        "form": form,
        "last": past[0] if past else None,
        "under_way": next((row for row in rows if row["is_under_way"]), None),
        "next_on": queries.next_by_cadence(head.program),
        "may_prepare": head.may_manage and not head.program.is_over,
        "may_dismiss": prompt is not None and assessment_access.may_dismiss(head.member, prompt),
        "today": clock.today(head.program.time_zone),
    }
    return render(request, "assessments/assess_again.html", context, status=422 if form.errors else 200)


def _dismiss(request: HttpRequest, head: heads.Head, prompt: Prompt | None, form: DismissForm) -> HttpResponse | None:
    """Take the decision that a form brings; None where it says nothing that can be taken."""
    if prompt is None:
        raise NotFound
    assessment_access.require_prompt(head.member, prompt)

    def do() -> None:
        services.dismiss_prompt(prompt=prompt, **form.cleaned_data, by=reader(request), at=clock.now())

    if not form.is_valid() or not is_done(form, do):
        return None
    flash.add(request, _("Not now: the reason is on record, and the next cause asks again."))
    return redirect("assessments:program_assessments", head.program.key)


def _causes(prompt: Prompt | None) -> list[dict[str, object]]:
    """Return the causes, each with the page of what it is about."""
    if prompt is None:
        return []
    found = queries.shown_causes([prompt.pk])[prompt.pk]
    return [{**each, "page": _PAGES.get(PromptCause(each["kind"])) if each["code"] else None} for each in found]
