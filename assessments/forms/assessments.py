"""What an assessment is when it is prepared or edited, who answers it, and what a move wants to know."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.choices import Purpose
from assessments.models import Assessment, AssessmentTemplate, Section
from assessments.services import AssessmentDetails
from core.accounts.models import User
from core.forms import DayField
from programs.choices import Role
from programs.models import Program


class _Facts(forms.Form):
    """What is said of an assessment whether it is new or not."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices, initial=Purpose.READINESS)
    closes_on = DayField(
        label=_("Closing date"), required=False,
        help_text=_("By when everybody answers; needed to open it."),
    )  # fmt: skip
    facilitator = forms.ModelChoiceField(
        label=_("Facilitator"), queryset=User.objects.none(), required=False,
        help_text=_("A manager of the program: opens it, leads the consensus, completes it."),
    )  # fmt: skip
    target = forms.IntegerField(
        label=_("Target, points"), required=False, min_value=0,
        help_text=_("What you want to reach this time. A low first score is normal."),
    )  # fmt: skip
    is_named = forms.BooleanField(
        label=_("With names"), required=False,
        help_text=_(
            "From consensus on, the people of the program read who said what. Assessors are told before they answer; "
            "without names, people answer more freely."
        ),
    )  # fmt: skip
    is_in_words = forms.BooleanField(
        label=_("In words only"), required=False, help_text=_("Notes without percents, and no score.")
    )

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        managers = User.objects.filter(memberships__program=program, memberships__role=Role.MANAGER)
        _offer(self, "facilitator", managers.order_by("name", "email"))


def _offer(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField | forms.ModelMultipleChoiceField)
    field.queryset = rows


class PrepareForm(_Facts):
    """A new assessment."""

    template = forms.ModelChoiceField(label=_("Template"), queryset=AssessmentTemplate.objects.none(), empty_label=None)
    field_order = ("template", "purpose")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "template", AssessmentTemplate.objects.order_by("-is_built_in", "title", "-number"))

    def details(self) -> AssessmentDetails:
        """Return what was typed, as the service takes it."""
        return AssessmentDetails(**self.cleaned_data)


class EditForm(_Facts):
    """An assessment as it is, without what its state has fixed; `version` is what its editor saw."""

    target_next = forms.IntegerField(label=_("Target of the next one, points"), required=False, min_value=0)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, editable: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facilitator"].required = True
        for name in [name for name in self.fields if name not in editable | {"version"}]:
            del self.fields[name]

    def changes(self) -> dict[str, Any]:
        """Return what was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class _Sections(forms.Form):
    """Which sections somebody answers, and whether they count as a leader."""

    sections = forms.ModelMultipleChoiceField(
        label=_("Sections"), queryset=Section.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to ask for all of them."),
    )  # fmt: skip
    is_leader = forms.BooleanField(
        label=_("Counts as a leader"), required=False,
        help_text=_("Leaders' answers about leadership are compared with everybody else's, from three on each side."),
    )  # fmt: skip

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        top = Section.objects.filter(template_id=assessment.template_id, part_of=None)
        _offer(self, "sections", top.order_by("position"))


class AskMembersForm(_Sections):
    """People of the program who are asked to answer; several may be asked the same at once."""

    people = forms.ModelMultipleChoiceField(
        label=_("Who"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("people", "sections", "is_leader")

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, assessment=assessment, **kwargs)
        members = User.objects.filter(memberships__program_id=assessment.program_id)
        asked = assessment.assessors.filter(left_at=None).values("person_id")
        _offer(self, "people", members.exclude(pk__in=asked).order_by("name", "email"))


class AskOutsideForm(_Sections):
    """Somebody from outside, who sees their form and nothing else of the program."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("For who has no account here yet.")
    )
    field_order = ("email", "name", "sections", "is_leader")


class AssessorForm(_Sections):
    """Somebody who is asked already: other sections, a leader or not."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def changes(self) -> dict[str, Any]:
        """Return what was typed, without the version."""
        return {"sections": list(self.cleaned_data["sections"]), "is_leader": self.cleaned_data["is_leader"]}
