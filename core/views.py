"""The shell's own pages: the front door, the switches, what the product says when it cannot answer."""

import datetime as dt
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import clock, health, navigation
from core.access import access
from core.accounts import services
from core.accounts.services.people import Profile
from core.api import problems
from core.context_processors import EXPLICIT_THEMES, THEME_COOKIE
from core.forms import StyleguideForm

COOKIE_AGE = 365 * 24 * 60 * 60


@access("public")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead a person to their work, a stranger to the sign-in, and the first one on an empty system to the commands."""
    if request.user.is_authenticated:
        return redirect(navigation.first_url(request))
    is_empty = not get_user_model().objects.exists()
    return render(request, "core/first_run.html" if is_empty else "core/landing.html")


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Return to the page that a switch was used on, never to another site."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if is_ours else "/")


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, COOKIE_AGE, secure=settings.IS_HTTPS, httponly=True, samesite="Lax")


@access("public")
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep a reader's theme in a cookie; "system" forgets it."""
    response = _back(request)
    chosen = request.POST.get("theme", "")
    if chosen in EXPLICIT_THEMES:
        _keep(response, THEME_COOKIE, chosen)
    else:
        response.delete_cookie(THEME_COOKIE)
    return response


@access("public")
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep a stranger's language in a cookie, and who signed in their own in the profile too."""
    response = _back(request)
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return response
    _keep(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    person = request.user
    if person.is_authenticated:
        profile = Profile(name=person.name, time_zone=person.time_zone, language=chosen)
        services.change_profile(person=person, profile=profile, by=person, at=clock.now())
    return response


@access("staff")
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component once, to be looked at and tested."""
    today = clock.today(timezone.get_current_timezone_name())
    context = {
        "form": StyleguideForm({"day": "30 February", "side": "change"}),
        "yesterday": today - dt.timedelta(days=1),
        "next_week": today + dt.timedelta(days=7),
        "next_year": today + dt.timedelta(days=400),
    }
    return render(request, "core/styleguide.html", context)


@access("public")
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; nothing else is asked."""
    return JsonResponse({"status": "live"})


@access("public")
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether the product can do its work: 503 with the reason where a check finds a problem."""
    problems = health.problems(at=clock.now)
    is_ready = not any(problems.values())
    checks = {name: problem or "ok" for name, problem in problems.items()}
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"status": "ready" if is_ready else "not ready", "checks": checks}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 as a page, and as a problem document to who called the API: a host name that cannot be one, say."""
    if request.path.startswith("/api/"):
        detail = str(_("This request cannot be read"))
        return problems.respond(problems.problem(status=HTTPStatus.BAD_REQUEST, code="bad_request", detail=detail))
    return render(request, "core/errors/400.html", status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 as a page that says which roles may, where the refusal says it."""
    context = {"reason": getattr(exception, "message", "") or str(exception)}
    return render(request, "core/errors/403.html", context, status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 as a page; it never says whether something is there for others."""
    return render(request, "core/errors/404.html", status=HTTPStatus.NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without its token."""
    return render(request, "core/errors/csrf.html", status=HTTPStatus.FORBIDDEN)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without the database: no session, no person, no messages."""
    html = render_to_string("core/errors/500.html")
    return HttpResponse(html, status=HTTPStatus.INTERNAL_SERVER_ERROR)
