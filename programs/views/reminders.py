"""The reminders of a program: its rules, what they would send in the next days, and the switch."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import clock, flash
from core.access import access, reader
from core.accounts.models import User
from core.exceptions import NotFound
from notifications import services as notifications
from notifications.queries import descriptions
from programs import services
from programs.models import Program
from programs.queries import heads

DAYS = 14
MOST = 200


@access("member")
@require_safe
def reminders(request: HttpRequest, key: str) -> HttpResponse:
    """Show the rules of a program and a dry run of the next days."""
    person, at = reader(request), clock.now()
    head = heads.head(person, key, at)
    forecasts = notifications.dry_run(scope_id=head.pk, days=DAYS, at=at)
    context = {
        "head": head,
        "tab": "reminders",
        "days": DAYS,
        "started_at": descriptions.started_at(head.pk),
        "rules": descriptions.rules(head.pk),
        "planned": descriptions.planned(forecasts[:MOST], person),
        "more": len(forecasts[MOST:]),
    }
    return render(request, "programs/reminders.html", context)


def _program(person: User, key: str) -> Program:
    program = Program.objects.visible_to(person).filter(key=key).first()
    if program is None:
        raise NotFound
    return program


@access("member")
@require_POST
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Switch the reminders of a program on."""
    person = reader(request)
    services.start_reminders(program=_program(person, key), by=person, at=clock.now())
    flash.add(request, _("Reminders are on, from today."))
    return redirect("programs:reminders", key=key)


@access("member")
@require_POST
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Switch the reminders of a program off."""
    person = reader(request)
    services.stop_reminders(program=_program(person, key), by=person, at=clock.now())
    flash.add(request, _("Reminders are off. Nothing more will be sent."))
    return redirect("programs:reminders", key=key)
