"""Refusals: every way the product says no, raised by services and turned into an answer in one place."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A rule said no. `fields` names what is wrong with which input; `params` completes the sentence.

    Subclasses are named after the refusal and carry its sentence and HTTP status.
    """

    status = 409
    code = "refused"
    sentence: Any = _("This cannot be done.")

    def __init__(self, *, fields: Mapping[str, Sequence[Any]] | None = None, **params: Any) -> None:
        self.fields = dict(fields or {})
        self.params = params
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The sentence, in the reader's language, completed with the parameters."""
        return str(self.sentence) % self.params

    @property
    def facts(self) -> dict[str, Any]:
        """What a program, not a person, wants to know of the refusal: extra members of the problem document."""
        return {}


class InvalidInput(Refusal):
    """The input has a wrong shape or value; `fields` says which and why."""

    status = 400
    code = "invalid"
    sentence = _("Something in the input is not right.")


class RuleBroken(InvalidInput):
    """The input is well formed, but a rule refuses a value of it: a promise for yesterday, a phase of elsewhere.

    The API answers 409 and not 400, so that what its schema calls valid is never answered as malformed.
    """

    status = 409
    code = "rule_broken"


class DayOutOfRange(RuleBroken):
    """A day is so far off that it can only be a slip of the hand."""

    code = "day_out_of_range"
    sentence = _("Enter a day between 1 January 1990 and 31 December 2199.")


class Unreckonable(Refusal):
    """A program holds rows that nothing can be reckoned from; `why` is a sentence."""

    code = "unreckonable"
    sentence = _("This program cannot be reckoned. %(why)s Whoever runs this installation can mend it.")


class NotFound(Refusal):
    """There is no such thing, or its reader may not know of it."""

    status = 404
    code = "not_found"
    sentence = _("There is no such thing here.")


class NotAllowed(Refusal):
    """The person may see the thing but not do this; says which roles may."""

    status = 403
    code = "not_allowed"
    sentence = _("Only %(roles)s may do this.")


class IllegalMove(Refusal):
    """A change of state that the state does not allow; `params["legal"]` lists the moves that it does."""

    status = 409
    code = "illegal_move"
    sentence = _("“%(move)s” is not possible while the state is “%(state)s”. Possible now: %(legal_text)s.")

    @property
    def facts(self) -> dict[str, Any]:
        state = self.params.get("state_code", self.params["state"])
        return {"state": str(state), "legal_moves": [str(move) for move in self.params["legal"]]}


class Stale(Refusal):
    """Somebody changed the thing since its caller read it; `params["etag"]`, where given, is its present ETag."""

    status = 412
    code = "stale"
    sentence = _("This was changed since you read it. Read it again, then repeat your change.")

    @property
    def facts(self) -> dict[str, Any]:
        return {"etag": self.params["etag"]} if "etag" in self.params else {}


class PreconditionRequired(Refusal):
    """A change came without saying which state it changes."""

    status = 428
    code = "precondition_required"
    sentence = _("Send the ETag of what you read in If-Match, so that nobody's change is lost.")


class BodyTooLarge(Refusal):
    """A body is read whole, so it is bounded."""

    status = 413
    code = "body_too_large"
    sentence = _("The body is larger than %(most)s KiB. Send it in parts.")
