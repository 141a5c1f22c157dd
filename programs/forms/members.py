"""The shape of what people type about somebody's place in a program."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms import VersionedForm, choose
from programs.choices import Role
from programs.models import Program
from programs.services import Invitation

# The role that says least comes first in a list that somebody opens: from viewer to sponsor.
ROLES = [(role.value, role.label) for role in reversed(Role)]


class InviteForm(forms.Form):
    """Who is invited, and as what."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("For who has no account here yet.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, initial=Role.MEMBER)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)

    def invitation(self) -> Invitation:
        """Return what was typed, as the service takes it."""
        return Invitation(**self.cleaned_data)


class PlaceForm(VersionedForm):
    """Another role or title."""

    role = forms.ChoiceField(
        label=_("Role"), choices=ROLES, help_text=_("Who becomes the sponsor takes the place of the one there is.")
    )
    title = forms.CharField(label=_("Title"), max_length=200, required=False)


class LeaveForm(forms.Form):
    """Who takes over what somebody has in hand."""

    hand_over_to = forms.ModelChoiceField(label=_("Who takes it over"), queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, program: Program, leaver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = User.objects.filter(memberships__program=program).exclude(pk=leaver.pk)
        choose(self, "hand_over_to", others.order_by("name", "email"))
