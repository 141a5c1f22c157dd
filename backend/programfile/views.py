"""Handing in a program file, seeing what it would change, loading it; and a program as a file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backend.programfile import queries, services
from backend.programfile.exceptions import FileRefused
from backend.programfile.forms import UploadForm
from backend.programfile.models import Upload
from core import clock, exceptions, flash
from core.access import access, reader
from core.accounts.models import User
from programs import access as program_access
from programs.models import Program

MOST_CHANGES = 500
# A fragment reads a long file at once; the page then only says that it is being read.
NOW = "now"


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a program file in, as a file or as text."""
    person = reader(request)
    if not queries.may_load(person):
        raise exceptions.NotAllowed(roles=_("somebody whom the staff let create programs, or a manager"))
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("text", "source_name", "as_of")}
        kept = services.keep_upload(**facts, by=person, at=clock.now())
        return redirect("programfile:preview", upload_id=kept.pk)
    return render(request, "programfile/upload.html", {"form": form}, status=422 if form.errors else 200)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Show what a file would change, with every fault it has; load it when its owner confirms."""
    person = reader(request)
    kept = queries.upload_of(person, upload_id)
    if request.method == "POST":
        return _load(request, kept, person)
    is_now = NOW in request.GET
    if kept.is_long and not is_now:
        return render(request, "programfile/preview.html", {"upload": kept, "is_waiting": True})
    is_fragment = is_now and bool(request.headers.get("HX-Request"))
    template = "programfile/preview.html#preview" if is_fragment else "programfile/preview.html"
    try:
        context = {"result": services.try_upload(upload=kept, by=person, at=clock.now()), "most": MOST_CHANGES}
    except FileRefused as refused:
        context = {"problems": refused.problems}
    return render(request, template, {"upload": kept, **context})


def _load(request: HttpRequest, kept: Upload, person: User) -> HttpResponse:
    try:
        result = services.load_upload(upload=kept, by=person, at=clock.now())
    except FileRefused as refused:
        context = {"upload": kept, "problems": refused.problems}
        return render(request, "programfile/preview.html", context, status=422)
    flash.add(request, " ".join([result.sentence, *result.notes]))
    return redirect("overview:program", key=result.key)


@access("signed_in")
@require_safe
def progress(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Show how far the reading or loading of a file is; the fragment asks again until it is over."""
    stage = queries.progress_of(reader(request), upload_id)
    return render(request, "programfile/progress.html", {"stage": stage, "upload_id": upload_id})


@access("member")
@require_safe
def export(request: HttpRequest, key: str) -> HttpResponse:
    """Hand a program out as a file, to whoever may read it."""
    program = Program.objects.filter(key=key).first()
    if program is None:
        raise exceptions.NotFound
    program_access.require(program_access.membership(reader(request), program.pk), program_access.Right.READ)
    text = queries.export_program(key, at=clock.now(), reader=reader(request))
    name = f"{key.lower()}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)
