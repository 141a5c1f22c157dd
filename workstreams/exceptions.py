"""What the work of a program refuses, by name."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.exceptions import Refusal, RuleBroken


class PromisedInThePast(RuleBroken):
    """A promise names a day that is gone."""

    code = "promised_in_the_past"
    sentence = _("A promise is for today or later.")


class SameDate(RuleBroken):
    """A new date is the old one."""

    code = "same_date"
    sentence = _("This is the date it has already.")


class DateInTheFuture(RuleBroken):
    """Something that has happened is dated after today."""

    code = "date_in_the_future"
    sentence = _("What has been done was done today or earlier.")


class ReasonMissing(RuleBroken):
    """A change that must say why does not."""

    code = "reason_missing"
    sentence = _("Say why.")


class DayMissing(RuleBroken):
    """A promise is renewed for a day."""

    code = "day_missing"
    sentence = _("Give the new day.")


class NoSuchProgram(RuleBroken):
    """A request names a program that its requester does not belong to, or that is not there."""

    code = "no_such_program"
    sentence = _("You belong to no program of this name.")


class NotInThisProgram(RuleBroken):
    """A reference points to something outside the program."""

    code = "not_in_this_program"
    sentence = _("This is not part of the program.")


class DoneAfterThePromise(Refusal):
    """A promise is kept only when it is done by its day; what is done later was missed, with a reason."""

    code = "done_after_the_promise"
    sentence = _("It was promised for %(promised_for)s, so it was not kept. Say that it was missed, and why.")


class PromiseDayHasCome(Refusal):
    """A promise is renegotiated before its day; from then on it is kept or missed."""

    code = "promise_day_has_come"
    sentence = _("Another date can be agreed before the promised day only. Now it is kept, or missed and renewed.")


class AwaitsAcceptance(Refusal):
    """It is done, and its requester has to answer."""

    code = "awaits_acceptance"
    sentence = _("It is done, and waits for %(requester)s to accept it.")


class NothingToAccept(Refusal):
    """Nobody said that it is done, or nobody asked for acceptance."""

    code = "nothing_to_accept"
    sentence = _("There is nothing to accept: it is not done yet, or needs no acceptance.")


class AlreadyRenewed(Refusal):
    """A missed promise is renewed once."""

    code = "already_renewed"
    sentence = _("It has been renewed already, as %(code)s.")


class ExternalIdTaken(Refusal):
    """Another item of the program carries the same external source and id; `params["existing_id"]` names it."""

    code = "external_id_taken"
    sentence = _("There is an item from “%(external_source)s” with the id “%(external_id)s” already.")

    @property
    def facts(self) -> dict[str, Any]:
        return {"existing_id": self.params["existing_id"]}
