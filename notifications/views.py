"""The engine's pages: inbox, preferences, the staff's outbox, and what the links in mails open."""

import uuid
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, flash, panels
from core.access import access
from core.accounts.models import User
from core.exceptions import InvalidInput
from notifications import channels, notices, services
from notifications.exceptions import LinkNotValid
from notifications.forms import PreferencesForm
from notifications.models import KeptMail
from notifications.queries import inbox as inboxes
from notifications.queries import links
from notifications.queries import outbox as outboxes
from notifications.queries import preferences as chosen


def _reader(request: HttpRequest) -> User:
    """Return who is signed in: the access rule has made sure that somebody is."""
    return cast(User, request.user)


@access("signed_in")
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what a person was told, newest first."""
    reader, at = _reader(request), clock.now()
    page = inboxes.page(reader.pk, at, _before(request))
    context = {
        "lines": notices.inbox_lines(page.reminders, reader, clock.today(reader.time_zone, at)),
        "before": page.before,
        "is_first": not request.GET.get("before"),
        "unread": inboxes.unread(reader.pk, at),
        "most": inboxes.MOST_COUNTED,
    }
    return render(request, "notifications/inbox.html", context)


def _before(request: HttpRequest) -> str:
    """Return the place in the list that an address names; one that is none is refused."""
    before = request.GET.get("before", "")
    if not inboxes.is_place(before):
        raise InvalidInput
    return before


@access("signed_in")
@require_POST
def mark_read(request: HttpRequest, reminder_id: int) -> HttpResponse:
    """Mark one row as read or unread, in place or on a page anew."""
    reader, at = _reader(request), clock.now()
    is_read = request.POST.get("is_read") != "0"
    reminder = services.mark_read(reminder_id=reminder_id, by=reader, at=at, is_read=is_read)
    if not getattr(request, "htmx", False):
        return redirect("notifications:inbox")
    lines = notices.inbox_lines([reminder], reader, clock.today(reader.time_zone, at))
    context = {"line": lines[0] if lines else None, "unread": inboxes.unread(reader.pk, at), "is_swapped": True}
    return render(request, "notifications/inbox.html#line", context)


@access("signed_in")
@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    services.mark_all_read(by=_reader(request), at=clock.now())
    flash.add(request, _("Everything is marked as read."))
    return redirect("notifications:inbox")


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Let a person choose when and how they are reached."""
    reader = _reader(request)
    form = PreferencesForm(request.POST) if request.method == "POST" else PreferencesForm.shown(chosen.of(reader))
    if request.method == "POST" and form.is_valid():
        services.save_preferences(person=reader, preferences=form.preferences(), at=clock.now())
        flash.add(request, _("Saved. It counts for everything that has not left yet."))
        return redirect("notifications:preferences")
    context = {"form": form, "preferences": chosen.of(reader)}
    return render(request, "notifications/preferences.html", context, status=422 if form.errors else 200)


@access("staff")
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the staff how the engine stands, what is stuck, and mail that was kept."""
    at = clock.now()
    context = {
        "figures": outboxes.figures(),
        "problem": outboxes.heartbeat_problem(at),
        "stuck": outboxes.stuck(),
        "kept": outboxes.kept_mail(),
        "panels": panels.shown("outbox", at),
    }
    return render(request, "notifications/outbox.html", context)


@access("staff")
@require_POST
def replay(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """Send a message again that was given up or held."""
    services.replay(delivery_id=delivery_id, by=_reader(request), at=clock.now())
    flash.add(request, _("The message is on its way again."))
    return redirect("notifications:outbox")


@access("staff")
@require_safe
def kept_mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Show one mail that was kept."""
    return render(request, "notifications/kept_mail.html", {"mail": get_object_or_404(KeptMail, pk=mail_id)})


@access("secret_link")
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before anything changes: mail scanners open links too."""
    one_click = links.read_act(token)
    if request.method == "POST":
        done = services.act(one_click=one_click, move=request.POST.get("move", ""), at=clock.now())
        return render(request, "notifications/acted.html", {"asked": done})
    return render(request, "notifications/act.html", {"asked": services.asked(one_click)})


@access("secret_link")
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Switch a channel off: a mail program posts here by itself (RFC 8058), a person is asked first."""
    person_id, kind = links.read_unsubscribe(token)
    person = User.objects.filter(pk=person_id).first()
    channel = channels.CHANNELS.get(kind)
    if person is None or channel is None or not channel.can_be_muted:
        raise LinkNotValid
    if request.method == "POST":
        services.mute(person=person, channel=kind, at=clock.now())
    context = {"person": person, "channel": channel, "is_done": request.method == "POST"}
    return render(request, "notifications/unsubscribe.html", context)
