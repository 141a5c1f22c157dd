"""Refusals about people."""

from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput, Refusal


class LinkDoesNotWork(Refusal):
    """The sign-in link is unknown, used or too old."""

    status = 410
    code = "link_does_not_work"
    sentence = _("This sign-in link does not work: it was used, or it is too old. Ask for a new one.")


class PersonExists(InvalidInput):
    """Somebody has this address already."""

    code = "person_exists"
    sentence = _("%(email)s is here already.")
