"""The templates of assessments: listed, looked at, copied and changed as text, deleted while unused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access as assessment_access
from assessments import queries, services
from assessments.forms import TemplateForm
from assessments.models import AssessmentTemplate
from core import clock, flash
from core.access import access, reader
from core.exceptions import NotFound
from core.forms import EmptyForm
from core.refusals import attempt, is_done


def _template(slug: str, number: int) -> AssessmentTemplate:
    found = AssessmentTemplate.objects.select_related("copied_from", "saved_by").filter(slug=slug, number=number)
    template = found.first()
    if template is None:
        raise NotFound
    return template


@access("signed_in")
@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """List the templates, the newest version of each first."""
    found = queries.templates_with_counts().select_related("copied_from")
    rows = list(found.order_by("-is_built_in", "title", "slug", "-number"))
    return render(request, "assessments/templates.html", {"rows": rows})


@access("signed_in")
@require_safe
def template(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a version with its sections and criteria, or give its text as a file."""
    found = _template(slug, number)
    if request.GET.get("format") == "yaml":
        answer = HttpResponse(queries.text_of(found), content_type="application/yaml; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{found.slug}-{found.number}.yaml"'
        return answer
    sections = queries.whole_template(found.pk)
    count = sum(len(part["criteria"]) for each in sections for part in (each["parts"] or [each]))
    context = {
        "template": found,
        "sections": sections,
        "criterion_count": count,
        "may_delete": assessment_access.may_delete_template(reader(request), found),
    }
    return render(request, "assessments/template.html", context)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def template_copy(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Offer the text of a version to change, and keep it as a template of one's own or as the next version of it."""
    source = _template(slug, number)
    form = TemplateForm(request.POST if request.method == "POST" else None, initial={"document": _proposed(source)})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["document"]
        if saved := attempt(
            form, lambda: services.save_template(text=text, copied_from=source, by=reader(request), at=clock.now())
        ):
            flash.add(request, _("“%(title)s” is kept.") % {"title": saved.title})
            return redirect("assessments:template", slug=saved.slug, number=saved.number)
    context = {"template": source, "form": form}
    return render(request, "assessments/template_copy.html", context, status=422 if form.errors else 200)


def _proposed(source: AssessmentTemplate) -> str:
    """Return the text to begin with: of one's own the next version, of one of the product's the first of another."""
    if source.is_built_in:
        return queries.text_of(source, slug=f"our-{source.slug}", number=1)
    return queries.text_of(source, number=queries.newest_version(source.slug) + 1)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def template_delete(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask, then delete a version that nothing was assessed with."""
    found = _template(slug, number)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and is_done(form, lambda: services.delete_template(template=found, by=reader(request), at=clock.now()))
    ):
        flash.add(request, _("“%(title)s” is deleted.") % {"title": found.title})
        return redirect("assessments:template_list")
    context = {"template": found, "form": form}
    return render(request, "assessments/template_delete.html", context, status=422 if form.errors else 200)
