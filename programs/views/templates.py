"""The structure of a program saved as a template, and a template deleted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import addresses, clock, flash
from core.access import access, reader
from core.exceptions import NotFound
from core.forms import EmptyForm
from core.refusals import is_done
from programs import forms, queries, services
from programs.access import managed_program


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def save_template(request: HttpRequest, key: str) -> HttpResponse:
    """Ask what a template is called, and save the structure of a program as one."""
    person = reader(request)
    program = managed_program(person, key)
    form = forms.SaveTemplateForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and is_done(
            form, lambda: services.save_template(program=program, **form.cleaned_data, by=person, at=clock.now())
        )
    ):
        flash.add(request, _("Saved. New programs can begin with it."))
        return redirect(addresses.of("program", key))
    context = {"program": program, "form": form, "saved": [one for one in queries.templates() if not one.is_built_in]}
    return render(request, "programs/save_template.html", context, status=422 if form.errors else 200)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_template(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Ask whether a saved template is to be deleted, and delete it."""
    person = reader(request)
    program = managed_program(person, key)
    found = queries.template(str(pk))
    if found is None:
        raise NotFound
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and is_done(form, lambda: services.delete_template(ref=str(pk), by=person, at=clock.now()))
    ):
        flash.add(request, _("Deleted."))
        return redirect("programs:save_template", key)
    context = {"program": program, "template": found, "form": form}
    return render(request, "programs/template_delete.html", context, status=422 if form.errors else 200)
