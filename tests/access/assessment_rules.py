"""Who may change and read what of assessments, by page and over the API. The member of the stage is asked to answer."""

from collections.abc import Mapping

from tests.access import assessment_api, assessment_pages
from tests.access.rules import DECIDERS, MANAGERS, MAY_CREATE, PERFORMER, SIGNED_IN, Who, Write, says

_DOCUMENT = says(document=assessment_pages.DOCUMENT)
WRITES: Mapping[tuple[str, str], Write] = {
    ("assessments:prepare", "POST"): Write(MANAGERS, assessment_pages.prepared),
    ("assessments:edit", "POST"): Write(
        MANAGERS, lambda house: {"purpose": "calibration", "facilitator": house.people["manager"].pk}
    ),
    ("assessments:delete", "POST"): Write(MANAGERS),
    ("assessments:assessors", "POST"): Write(MANAGERS, lambda house: {"people": [house.people["viewer"].pk]}),
    ("assessments:assessor", "POST"): Write(MANAGERS, says(is_leader="on")),
    ("assessments:remove_assessor", "POST"): Write(MANAGERS),
    ("assessments:submit", "POST"): Write(PERFORMER),
    ("assessments:answer_question", "POST"): Write(PERFORMER, says(version="1", percent="60")),
    ("assessments:set_consensus", "POST"): Write(MANAGERS, assessment_pages.agreed),
    **{(f"assessments:move {move}", "POST"): Write(MANAGERS) for move in assessment_pages.MOVES},
    ("assessments:move withdraw", "POST"): Write(MANAGERS, assessment_pages.unanswered),
    ("assessments:move reopen", "POST"): Write(MANAGERS, says(reason="Too soon")),
    ("assessments:template_copy", "POST"): Write(MAY_CREATE | MANAGERS, _DOCUMENT),
    ("assessments:template_delete", "POST"): Write(SIGNED_IN),
    ("assessment-template-list", "POST"): Write(MAY_CREATE | MANAGERS, _DOCUMENT),
    ("assessment-template-item", "DELETE"): Write(SIGNED_IN),
    ("assessments:assess_again", "POST"): Write(MANAGERS | DECIDERS, says(reason="Not now")),
    ("assessment-prompt-dismiss", "POST"): Write(MANAGERS | DECIDERS, says(reason="Not now")),
    ("assessment-list", "POST"): Write(MANAGERS, assessment_api.request),
    ("assessment-item", "PATCH"): Write(MANAGERS, says(purpose="calibration")),
    ("assessment-item", "DELETE"): Write(MANAGERS),
    ("assessment-open", "POST"): Write(MANAGERS),
    ("assessment-withdraw", "POST"): Write(MANAGERS, assessment_pages.unanswered),
    ("assessment-open_consensus", "POST"): Write(MANAGERS),
    ("assessment-complete", "POST"): Write(MANAGERS),
    ("assessment-reopen", "POST"): Write(MANAGERS, says(reason="Misread")),
    ("assessment-review", "POST"): Write(MANAGERS),
    ("assessment-submit", "POST"): Write(PERFORMER),
    ("assessment-answer", "PUT"): Write(PERFORMER, says(percent=55)),
    ("consensus-item", "PUT"): Write(MANAGERS, says(percent=55)),
    ("assessor-list", "POST"): Write(MANAGERS, says(email="dora@example.org")),
    ("assessor-item", "PATCH"): Write(MANAGERS, says(is_leader=True)),
    ("assessor-item", "DELETE"): Write(MANAGERS),
}

READERS: Mapping[str, Who] = {
    "assessment-answers": PERFORMER,
    "assessment-answer": PERFORMER,
    "assessor-list": MANAGERS,
    "assessor-item": MANAGERS,
    "assessments:answer": PERFORMER,
    "assessments:answer_question": PERFORMER,
}
