"""One's own answers, read and written by their assessor alone; assessors from outside come as far as this."""

from dataclasses import replace
from functools import cached_property

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from assessments import access, models, queries, services
from assessments.api.serializers import answers
from assessments.api.views.judgements import Judgements, judgement_of
from assessments.choices import AssessmentState
from assessments.queries import Asked, Sheet
from core import clock
from core.api.pagination import Row
from core.api.serializers import EmptyInput
from core.exceptions import NotFound


class Form(Judgements):
    """What the addresses of one's own form share."""

    access_rule = "signed_in"

    @cached_property
    def sheet(self) -> Sheet:
        """Everything that the caller is asked, with what they answered."""
        assessment = queries.form_for(self.reader, str(self.kwargs["ref"]))
        place = access.assessor_of(self.reader, assessment)
        place.assessment = assessment
        return queries.sheet(place)

    def values_of_one(self, asked: Asked) -> Row:
        """Return a criterion with its answer, and the version of this."""
        row = answers.answer(asked, self.sheet.assessor.assessment)
        return {**row, "version": 0 if asked.said is None else asked.said.version}

    def show_form(self) -> HttpResponse:
        """Answer all that is asked."""
        assessment, place = self.sheet.assessor.assessment, self.sheet.assessor
        beside = queries.asked_beside(place)
        told = {
            "code": queries.reference_of(assessment),
            "closes_on": assessment.closes_on,
            "is_open": assessment.state == AssessmentState.OPEN,
            "is_named": assessment.is_named,
            "is_in_words": assessment.is_in_words,
            "evidence_tests": assessment.template.evidence_tests,
            "submitted_at": place.submitted_at,
            "answered": self.sheet.answered,
            "asked_beside": len(beside),
            "asked_from_outside": sum(each.is_outside for each in beside),
        }
        return self.show_document(
            {**told, "results": self.listed([self.values_of_one(one) for one in self.sheet.asked])}
        )


class AnswerForm(Form):
    """What the caller is asked, with what they answered; nobody else's answers are in it."""

    http_method_names = ("get", "head")
    serializer_class = answers.AnswerForm

    def get(self, request: Request, ref: str) -> HttpResponse:
        """Show one's own form."""
        return self.show_form()


class AnswerSubmit(Form):
    """Say that one is done."""

    http_method_names = ("post",)
    serializer_class = answers.AnswerForm
    input_class = None

    def post(self, request: Request, ref: str) -> HttpResponse:
        """Submit one's answers, so that nobody reminds any more; what was left out stays unanswered."""
        self.read(EmptyInput)
        place = services.submit_answers(assessor=self.sheet.assessor, by=self.reader, at=clock.now())
        self.sheet.assessor.submitted_at = place.submitted_at
        return self.show_form()


class AnswerItem(Form):
    """One criterion, with what the caller answered."""

    http_method_names = ("get", "head", "put")
    serializer_class = answers.Answer

    @property
    def asked(self) -> Asked:
        """The criterion that the path names, where the caller is asked it."""
        place = self.sheet.place_of(str(self.kwargs["criterion"]))
        if place is None:
            raise NotFound
        return self.sheet.asked[place]

    def get(self, request: Request, ref: str, criterion: str) -> HttpResponse:
        """Show one answer."""
        return self.show(self.values_of_one(self.asked))

    @extend_schema(request=answers.AnswerChange)
    def put(self, request: Request, ref: str, criterion: str) -> HttpResponse:
        """Say something of a criterion, in the place of what one said before."""
        asked = self.asked
        values = self.values_of_one(asked)
        _row, data = self.read_change(answers.AnswerChange, values)
        answer = services.save_answer(
            assessor=self.sheet.assessor,
            criterion=models.Criterion.objects.select_related("section").get(pk=asked.question.pk),
            judgement=judgement_of(data),
            by=self.reader,
            at=clock.now(),
            expected_version=values["version"],
        )
        is_answered = answer.judges(is_in_words=self.sheet.assessor.assessment.is_in_words)
        return self.show(self.values_of_one(replace(asked, said=answer, is_answered=is_answered)))
