"""Pages about oneself (profile, tokens), the sign-in link, and the staff's list of people."""

from dataclasses import asdict

from allauth.account.utils import perform_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, flash
from core.access import access, reader
from core.accounts import queries, services
from core.accounts.exceptions import LinkDoesNotWork
from core.accounts.forms import ProfileForm, TokenForm
from core.accounts.models import User
from core.accounts.services.people import Profile
from core.refusals import attempt, is_done

PEOPLE_A_PAGE = 50
MAX_TOKENS_SHOWN = 200


@access("secret_link")
@never_cache
@require_http_methods(["GET", "POST"])
def signin_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask before signing in: programs that scan mail open links, they press no buttons."""
    if request.method != "POST":
        return render(request, "accounts/signin_link.html")
    try:
        person = services.redeem(secret=secret, at=clock.now())
    except LinkDoesNotWork as refusal:
        return render(request, "accounts/signin_link.html", {"refusal": refusal.message}, status=refusal.status)
    response: HttpResponse = perform_login(request, person, email_verification="none")
    return response


@access("signed_in")
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change how one is called and reads dates and words."""
    person = reader(request)
    form = ProfileForm(request.POST or None, initial=asdict(Profile.of(person)), person=person)
    if request.method == "POST" and form.is_valid():
        kept = Profile(**form.cleaned_data)
        if is_done(form, lambda: services.change_profile(person=person, profile=kept, by=person, at=clock.now())):
            flash.add(request, _("Saved."))
            return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)


@access("signed_in")
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's tokens; make one, and show its text this one time."""
    person, form, text = reader(request), TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if made := attempt(form, lambda: services.create_token(person=person, **said, by=person, at=clock.now())):
            (_token, text), form = made, TokenForm()
    context = {"form": form, "text": text, "tokens": queries.tokens_of(person)[:MAX_TOKENS_SHOWN], "now": clock.now()}
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@access("signed_in")
@require_http_methods(["GET", "POST"])
def revoke_token(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, then make one of one's tokens worthless."""
    token = get_object_or_404(queries.tokens_of(reader(request)), token_key=key)
    if request.method != "POST":
        return render(request, "accounts/revoke_token.html", {"token": token})
    services.revoke_token(token=token, by=reader(request), at=clock.now())
    flash.add(request, _("“%s” opens nothing any more.") % token.name)
    return redirect("tokens")


@access("staff")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List everybody, for staff to let them create programs."""
    search = request.GET.get("q", "").strip()[:100].replace("\x00", "")
    page = Paginator(queries.people(search), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page, "search": search})


@access("staff")
@require_POST
def set_program_right(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person create programs, or no longer."""
    person = get_object_or_404(User, pk=pk)
    change = services.grant_programs if request.POST.get("may") == "yes" else services.revoke_programs
    change(person=person, by=reader(request), at=clock.now())
    flash.add(request, _("Saved."))
    back = request.POST.get("back", "")
    return redirect(reverse("people") + (back if back.startswith("?") else ""))
