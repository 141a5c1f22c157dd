"""The shape of what is typed about a debrief: its parts, its days, its private notes, and how it ends."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.forms.findings import AcceptForm
from assessments.services.debriefs import MOST_CHARACTERS
from core.forms import DayField, LongText, choose
from core.models import LONGEST_REASON
from programs.models import Program
from workstreams.models import ActionItem

ROWS, MOST_ROWS = 2, 20
_MARKS = _("An empty line begins a paragraph; lines that begin with “- ” are a list.")


class PlanForm(forms.Form):
    """The day of the meeting."""

    planned_on = DayField(label=_("Planned for"), required=False)


class PartForm(forms.Form):
    """What a part says, and whether it is told."""

    text = forms.CharField(
        label=_("Text"), widget=LongText(18), required=False, max_length=MOST_CHARACTERS, help_text=_MARKS
    )
    is_left_out = forms.BooleanField(label=_("Leave this part out"), required=False)


class OwnPartForm(PartForm):
    """A part with a heading of one's own."""

    title = forms.CharField(label=_("Heading"), max_length=200)
    field_order = ("title", "text", "is_left_out")


class NotesForm(forms.Form):
    """What the sponsor and the facilitator alone read."""

    text = forms.CharField(label=_("Private notes"), widget=LongText(14), required=False, max_length=MOST_CHARACTERS)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)


class DayForm(forms.Form):
    """The day on which something was done; today where none is given."""

    on = DayField(label=_("On"), required=False)


class ItemsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    """Action items, each with who does it and by when."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.title}, {obj.performer}, {obj.due_on:%Y-%m-%d}"


class CommitForm(forms.Form):
    """What of the accepted steps people committed to, or why there is nothing."""

    action_items = ItemsField(
        label=_("Committed to"), queryset=ActionItem.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    none_reason = forms.CharField(
        label=_("Or why there is no commitment"), widget=LongText(), required=False, max_length=LONGEST_REASON
    )

    def __init__(self, *args: Any, items: QuerySet[ActionItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "action_items", items)


class RequestForm(AcceptForm):
    """Something asked for at the debrief itself."""

    text = forms.CharField(label=_("What is asked"), max_length=LONGEST_REASON)
    outcome = None  # type: ignore[assignment]  # a form drops a field of its parent by this name
    field_order = ("text", "performer", "requested_for", "workstream", "phase")


def requests_of(program: Program, data: Any = None, *, rows: int = ROWS) -> "forms.BaseFormSet[RequestForm]":
    """Return the rows for what is asked for there; those left blank say nothing."""
    kinds = forms.formset_factory(RequestForm, extra=rows, max_num=MOST_ROWS, validate_max=True)
    return kinds(data, prefix="requests", form_kwargs={"program": program})
