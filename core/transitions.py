"""A change of state as a page offers it: the words on its button, the form it asks with, the service it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from core.forms import EmptyForm


@dataclass(frozen=True)
class Transition:
    """A change of state on a page.

    Attributes:
        label: the words on its button.
        form: what it asks for; EmptyForm where it needs to know nothing.
        service: what makes it, called with the thing, the form's values, `by` and `at`.
        message: what is said once it is made.
        is_primary: it is the one to make next, and its button is filled.
        is_undoable: what is said offers to undo it.
    """

    label: Any
    form: type[Form]
    service: Callable[..., Any]
    message: Any
    is_primary: bool = False
    is_undoable: bool = False

    @property
    def asks(self) -> bool:
        """Tell whether it asks for something before it is made."""
        return self.form is not EmptyForm
