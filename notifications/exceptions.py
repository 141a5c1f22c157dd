"""Refusals of the notifications app."""

from django.utils.translation import gettext_lazy as _

from core.exceptions import IllegalMove, InvalidInput, NotFound


class UnknownScope(NotFound):
    """Rules or a start were asked for something that never told the engine of itself."""

    sentence = _("There is nothing here that reminders could be sent for.")


class RuleRefused(InvalidInput):
    """A reminder rule names an unknown kind or audience, or days out of bounds."""

    code = "rule_refused"
    sentence = _("These reminder rules are not right: %(words)s")


class RemindersAlreadyStarted(IllegalMove):
    """Reminders run already."""

    code = "reminders_already_started"
    sentence = _("Reminders have been started already.")


class RemindersNotStarted(IllegalMove):
    """Reminders do not run."""

    code = "reminders_not_started"
    sentence = _("Reminders have not been started.")


class NothingToReplay(IllegalMove):
    """Only a message that was given up, or whose fate is unknown, can be sent again."""

    code = "nothing_to_replay"
    sentence = _("Only a message that was given up or held can be sent again.")


class LinkNotValid(NotFound):
    """A link out of a mail is too old, or somebody changed it."""

    code = "link_not_valid"
    sentence = _("This link is no longer valid.")


class UnknownReminder(NotFound):
    """A person named a reminder that is not in their inbox."""

    sentence = _("There is no such message in your inbox.")


class UnknownMove(NotFound):
    """A link out of a mail asked for something that cannot be done to its subject, or no longer."""

    code = "unknown_move"
    sentence = _("This can no longer be done.")
