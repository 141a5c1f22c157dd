"""The workstreams of a program: who leads which, added, edited and removed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core import clock, exports, flash
from core.access import access, reader
from core.exceptions import NotFound
from core.forms import EmptyForm
from core.refusals import is_done
from programs.queries import heads
from workstreams import forms, services
from workstreams.models import Workstream
from workstreams.queries import plan_page
from workstreams.services import WorkstreamDetails

COLUMNS = (
    ("code", gettext_lazy("Code")),
    ("name", gettext_lazy("Workstream")),
    ("discipline_label", gettext_lazy("Discipline")),
    ("lead_name", gettext_lazy("Lead")),
)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def workstreams(request: HttpRequest, key: str) -> HttpResponse:
    """List the workstreams of a program; its manager adds one."""
    person = reader(request)
    head = heads.head(person, key, clock.now())
    if exports.is_asked(request):
        return exports.as_csv(f"{key}-workstreams", COLUMNS, plan_page.workstreams_of(head.program.pk))
    form = forms.WorkstreamForm(request.POST or None, program=head.program)
    if request.method == "POST" and form.is_valid():
        details = WorkstreamDetails(**form.cleaned_data)
        if is_done(
            form, lambda: services.add_workstream(program=head.program, details=details, by=person, at=clock.now())
        ):
            flash.add(request, _("The workstream is added."))
            return redirect("workstreams:workstreams", key)
    context = {
        "head": head,
        "tab": "plan",
        "form": form,
        "rows": plan_page.workstreams_of(head.program.pk),
        "export_url": exports.QUERY,
    }
    return render(request, "workstreams/workstreams.html", context, status=422 if form.errors else 200)


def _named(request: HttpRequest, reference: str) -> tuple[Workstream, heads.Head]:
    """Return the workstream that a reference names, with the frame of its page.

    Raises:
        core.exceptions.NotFound: when there is none that the reader may see.
    """
    person = reader(request)
    found = Workstream.objects.visible_to(person).named(reference).select_related("program", "lead").first()
    if found is None:
        raise NotFound
    return found, heads.head(person, found.program.key, clock.now())


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def workstream(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a workstream; its manager edits it."""
    found, head = _named(request, reference)
    initial = {"name": found.name, "discipline": found.discipline, "lead": found.lead}
    form = forms.WorkstreamForm(request.POST or None, program=head.program, initial=initial)
    if request.method == "POST" and form.is_valid():
        person, changes = reader(request), form.cleaned_data
        if is_done(
            form, lambda: services.edit_workstream(workstream=found, changes=changes, by=person, at=clock.now())
        ):
            flash.add(request, _("The workstream is changed."))
            return redirect("workstreams:workstreams", head.key)
    context = {"head": head, "tab": "plan", "form": form, "workstream": found, "reference": reference}
    return render(request, "workstreams/workstream.html", context, status=422 if form.errors else 200)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def remove_workstream(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask, then remove a workstream that holds nothing."""
    found, head = _named(request, reference)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and is_done(form, lambda: services.remove_workstream(workstream=found, by=reader(request), at=clock.now()))
    ):
        flash.add(request, _("The workstream is removed."))
        return redirect("workstreams:workstreams", head.key)
    context = {"head": head, "tab": "plan", "form": form, "workstream": found}
    return render(request, "workstreams/remove_workstream.html", context, status=422 if form.errors else 200)
