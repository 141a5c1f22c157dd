"""What is said of a criterion: the three tests of evidence, then how far it is true; or why it does not apply."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.choices import AnswerKind, Documents, Flag
from assessments.models import Judgement
from assessments.models.answers import STEPS
from assessments.services import JudgementInput
from assessments.services.judgements import LONGEST_LINK, LONGEST_NAME, MOST_LINKS
from core.forms import LongText
from core.models import LONGEST_DETAIL, LONGEST_REASON

YES, NO = "yes", "no"
_YES_NO = ((YES, _("Yes")), (NO, _("No")))
TESTS = ("has_owner", "is_consistent", "documents")
# The tests of a template, by their codes.
_FIELD_OF = {"owner": "has_owner", "consistent": "is_consistent", "documented": "documents"}


def _truth(value: str) -> bool:
    return value == YES


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or nothing said."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label, choices=_YES_NO, coerce=_truth, empty_value=None, required=False, widget=forms.RadioSelect
        )

    def prepare_value(self, value: Any) -> Any:
        """Return how a kept truth is chosen."""
        return {True: YES, False: NO}.get(value, value)


class LinksField(forms.CharField):
    """Web addresses, one a line."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Links to the documents"), help_text=_("One address a line."), required=False,
            max_length=MOST_LINKS * (LONGEST_LINK + 2),
            widget=LongText(attrs={"spellcheck": "false"}),
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """Return kept addresses as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the addresses."""
        return tuple(line.strip() for line in str(super().clean(value)).splitlines() if line.strip())


def _percent(kind: str) -> forms.TypedChoiceField:
    choices: list[tuple[int, Any]] = [(step, str(step)) for step in STEPS]
    if kind == AnswerKind.YES_NO:
        choices = [(100, _("Yes")), (0, _("No"))]
    label = _("Is it so?") if kind == AnswerKind.YES_NO else _("How far is it so, in percent?")
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )


class JudgementForm(forms.Form):
    """A criterion judged. What is not asked of its kind, or in words only, has no field; nothing has to be said."""

    has_owner = YesNoField(_("Is someone clearly responsible for this?"))
    owner_name = forms.CharField(label=_("Who?"), max_length=LONGEST_NAME, required=False)
    is_consistent = YesNoField(_("Is it consistent with the way the organisation says it works?"))
    documents = forms.ChoiceField(
        label=_("What do documents show?"), choices=Documents.choices, required=False, widget=forms.RadioSelect
    )
    links = LinksField()
    flag = forms.ChoiceField(
        label=_("Is this sign there?"), choices=Flag.choices, required=False, widget=forms.RadioSelect
    )
    not_applicable_reason = forms.CharField(
        label=_("It does not apply, because"), max_length=LONGEST_REASON, required=False,
        help_text=_("Only where it does not apply: with a reason here, nothing else counts."),
        widget=LongText(),
    )  # fmt: skip
    note = forms.CharField(
        label=_("A note, to learn from"),
        max_length=LONGEST_DETAIL,
        required=False,
        widget=LongText(),
    )

    def __init__(
        self, *args: Any, kind: str, is_in_words: bool, tests: Sequence[Mapping[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        is_flag = kind == AnswerKind.FLAG
        if is_flag:
            for name in (*TESTS, "owner_name", "links"):
                del self.fields[name]
        else:
            del self.fields["flag"]
        if not is_flag and not is_in_words:
            self.fields["percent"] = _percent(kind)
        if is_in_words and not is_flag:
            self.fields["note"].label = _("What do you see?")
        for test in tests:
            name = _FIELD_OF.get(test["code"], "")
            if name in self.fields:
                self.fields[name].label = test["question"]

    def judgement(self) -> JudgementInput:
        """Return what was said; a reason why it does not apply takes the place of the rest."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        if said["not_applicable_reason"]:
            said |= {"is_not_applicable": True, "percent": None, "flag": ""}
        return JudgementInput(**said)


class AnswerForm(JudgementForm):
    """What one assessor says; `version` is what their window showed: 0, or left out, of nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        """Return the version that was seen."""
        return self.cleaned_data["version"] or 0


class AgreeForm(JudgementForm):
    """What all agree on; `version` is what its editor saw, 0 of nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def said(judgement: Judgement | None) -> dict[str, Any]:
    """Return what a kept judgement says, as a form begins with it."""
    if judgement is None:
        return {}
    names = (*TESTS, "owner_name", "links", "percent", "flag", "not_applicable_reason", "note")
    return {name: getattr(judgement, name) for name in names}
