"""What a program refuses, by name."""

from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput, Refusal


class ProgramKeyTaken(InvalidInput):
    """Another program has the key."""

    code = "key_taken"
    sentence = _("There is a program with the key %(key)s already.")


class ProgramNotReady(Refusal):
    """A program lacks what an active one needs; `params["gaps"]` lists it."""

    code = "program_not_ready"
    sentence = _("The program cannot be active yet. It lacks: %(gaps_text)s.")


class ReadingInTheFuture(InvalidInput):
    """A reading is dated after today."""

    code = "reading_in_the_future"
    sentence = _("A reading was taken today or earlier.")
