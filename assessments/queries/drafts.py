"""What the product writes into the parts of a debrief, in the language of who prepares it: facts, as sentences.

A text is paragraphs between empty lines; lines that begin with "- " are a list.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.choices import DebriefPartKind, RecommendationState, Urgency
from assessments.models import Assessment, Assessor
from assessments.queries import facts, findings
from assessments.queries.facts import Status
from assessments.queries.results import Results, results
from assessments.queries.section_results import Line
from core.accounts.models import User
from programs.queries import name_of
from workstreams.queries import dates

Row = Mapping[str, Any]
# So many of a kind are named; the pages show the rest.
MOST_NAMED, MOST_LISTED, MOST_EXTREMES = 5, 40, 2
# What a sentence ends with, in the scripts that the product is read in.
_ENDS = (".", "!", "?", "…", "。", "！", "？")


def draft(kind: str, assessment: Assessment, reader: User, today: dt.date) -> str:
    """Return what the product writes into one of the eight parts, of the program as it stands on a day."""
    return _WRITERS[DebriefPartKind(kind)](assessment, reader, today)


def day(on: dt.date) -> str:
    """Return a day as a document writes it: 3 September 2026."""
    return format_date(on, pgettext("date format", "j F Y"))


def _text(*paragraphs: str) -> str:
    return "\n\n".join(each for each in paragraphs if each)


def _list(heading: str, lines: Iterable[str]) -> str:
    """Return a heading with its list; nothing for an empty one."""
    found = list(lines)
    return "\n".join([heading, *(f"- {line}" for line in found)]) if found else ""


def _named(rows: list[Any], name: str) -> str:
    """Return the first few names, and how many more there are."""
    shown = pgettext("list", ", ").join(str(row[name]) for row in rows[:MOST_NAMED])
    more = len(rows) - MOST_NAMED
    return shown if more <= 0 else _("%(these)s and %(n)s more") % {"these": shown, "n": more}


def _reason(assessment: Assessment, reader: User, today: dt.date) -> str:
    told = {"program": assessment.program.name, "template": assessment.template.title}
    return _text(
        _("We look together at what the self-assessment of %(program)s found: %(template)s.") % told,
        _("The desired outcome: each recommended step is decided on, and each accepted one has a name and a day."),
    )


def _status(assessment: Assessment, reader: User, today: dt.date) -> str:
    found = facts.status(assessment.program, today)
    return _text(
        _list(_("Phases on %(day)s:") % {"day": day(today)}, map(_phase, found.phases)),
        _milestones(found),
        _promises(found),
        _outcomes(found),
    )


def _phase(row: Row) -> str:
    told = {"name": row["name"], "status": str(row["status_label"]).lower()}
    if row["end_on"] is None:
        return _("%(name)s: %(status)s") % told
    return _("%(name)s: %(status)s, to %(day)s") % {**told, "day": day(row["end_on"])}


def _milestones(found: Status) -> str:
    late = [
        _("%(name)s: %(behind)s, now %(day)s")
        % {"name": row["name"], "behind": dates.behind_in_words(row), "day": day(row["on"])}
        for row in found.late[:MOST_NAMED]
    ]
    n = len(found.late)
    words = ngettext("%(n)s milestone is overdue or moved:", "%(n)s milestones are overdue or moved:", n)
    return _list(words % {"n": n}, late) or _("No milestone is overdue or moved.")


def _promises(found: Status) -> str:
    promises = found.promises
    if not promises.due:
        return _("No promise has come due yet.")
    told = {"kept": promises.kept, "due": promises.due}
    return _("%(kept)s of %(due)s promises that came due were kept.") % told


def _outcomes(found: Status) -> str:
    n = len(found.on_track) + len(found.behind)
    told = {"on_track": len(found.on_track), "n": n}
    read = _("%(on_track)s of %(n)s outcomes that were measured are on track.") % told if n else ""
    behind = _("Behind: %(names)s.") % {"names": _named(found.behind, "statement")} if found.behind else ""
    unread = _("Not measured yet: %(names)s.") % {"names": _named(found.unread, "statement")} if found.unread else ""
    return _text(*filter(None, [read, behind, unread])) or _("No outcome is measured yet.")


def _stake(assessment: Assessment, reader: User, today: dt.date) -> str:
    program = assessment.program
    case = program.case_for_change.strip() or _("The case for change is not written yet.")
    cost = program.cost_of_inaction.strip() or _("What it costs to change nothing is not written yet.")
    return _text(case, cost)


def _nature(assessment: Assessment, reader: User, today: dt.date) -> str:
    template = assessment.template
    told = {
        "template": template.title, "number": template.number, "total": template.total_points,
        "purpose": str(assessment.get_purpose_display()).lower(),
    }  # fmt: skip
    sort = _("%(template)s, version %(number)s, held in words, without scores. Its purpose: %(purpose)s.")
    scored = _("%(template)s, version %(number)s, of %(total)s points. Its purpose: %(purpose)s.")
    return _text((sort if assessment.is_in_words else scored) % told, _when(assessment), _who(assessment))


def _when(assessment: Assessment) -> str:
    if assessment.completed_on is None:
        return ""
    if assessment.opened_at is None:
        return _("It was completed on %(day)s.") % {"day": day(assessment.completed_on)}
    told = {"first": day(assessment.opened_at.date()), "last": day(assessment.completed_on)}
    return _("It was opened on %(first)s and completed on %(last)s.") % told


def _who(assessment: Assessment) -> str:
    """Tell who answered; never what."""
    answered = Assessor.objects.filter(assessment=assessment, submitted_at__isnull=False).order_by("pk")
    people: list[Any] = list(answered.annotate(name=name_of("person")).values("name"))
    if not people:
        return _("Who answered is not on record.")
    alone = _("Each answered alone first; then all agreed on one judgement for each criterion.")
    return _text(_("It was answered by %(names)s.") % {"names": _named(people, "name")}, alone)


def _results(assessment: Assessment, reader: User, today: dt.date) -> str:
    if assessment.is_in_words:
        return _("It was held in words; there are no points. What was found stands under the key learnings.")
    found = results(assessment)
    if not found.has_scores:
        return _("No points are on record.")
    return _text(_score(found), _target(assessment), *_extremes(found), _low(found))


def _score(found: Results) -> str:
    whole = found.whole
    reached = _("%(points)s of %(of)s points were reached.") % {"points": whole.points, "of": whole.now.answered}
    reached = " ".join(filter(None, [reached, _left_out(whole)]))
    change, before = found.whole.rose, found.previous
    if change is None or before is None or before.completed_on is None:
        return reached
    if change > 0:
        moved = ngettext(
            "That is %(n)s point more than on %(day)s.", "That is %(n)s points more than on %(day)s.", change
        )
    elif change < 0:
        moved = ngettext(
            "That is %(n)s point less than on %(day)s.", "That is %(n)s points less than on %(day)s.", -change
        )
    else:
        moved = _("That is as many as on %(day)s.")
    return f"{reached} {moved % {'n': abs(change), 'day': day(before.completed_on)}}"


def _left_out(whole: Line) -> str:
    """Say what a score says nothing of, as the page of the results does: what does not apply or is unanswered."""
    told = []
    if whole.is_rescaled:
        words = _("%(n)s points do not apply; as if all did, it is %(points)s of %(total)s.")
        told.append(words % {"n": whole.not_applicable, "points": whole.rescaled, "total": whole.now.of})
    elif whole.not_applicable:
        told.append(_("%(n)s points do not apply.") % {"n": whole.not_applicable})
    if whole.now.unanswered:
        told.append(_("%(n)s points are not answered.") % {"n": whole.now.unanswered})
    return " ".join(told)


def _target(assessment: Assessment) -> str:
    told = [
        _("The target was %(n)s points.") % {"n": assessment.target} if assessment.target else "",
        _("The target of the next is %(n)s points.") % {"n": assessment.target_next} if assessment.target_next else "",
    ]
    return " ".join(filter(None, told))


def _extremes(found: Results) -> list[str]:
    """Name the strongest and the weakest sections, where there are enough of them to tell apart."""
    lines = [line for line in found.scored if line.now.percent is not None]
    if len(lines) < 2 * MOST_EXTREMES:
        return []
    ranked = sorted(lines, key=lambda line: -(line.now.percent or 0))
    return [
        _list(_("Strongest:"), map(_section, ranked[:MOST_EXTREMES])),
        _list(_("Weakest:"), map(_section, ranked[: -MOST_EXTREMES - 1 : -1])),
    ]


def _section(line: Line) -> str:
    told = {"name": line.name, "percent": line.percent, "points": line.points, "of": line.now.answered}
    return _("%(name)s: %(percent)s %%, %(points)s of %(of)s") % told


def _low(found: Results) -> str:
    """Say that a low first score is normal."""
    return "" if found.previous else _("A first score is often low. What counts is where it moves from here.")


def _learnings(assessment: Assessment, reader: User, today: dt.date) -> str:
    strengths, gaps = findings.strengths_and_gaps(findings.findings_of(assessment, reader))
    if not (strengths or gaps):
        return _("Nothing is written down yet.")
    return _text(
        _list(_("What is strong:"), (row["text"] for row in strengths[:MOST_LISTED])),
        _list(_("What is missing, and why:"), map(_gap, gaps[:MOST_LISTED])),
    )


def _sentence(words: str) -> str:
    """Return words with the full stop that parts them from what follows."""
    return words if words.endswith(_ENDS) else _("%(words)s.") % {"words": words}


def _gap(row: Row) -> str:
    told = [_sentence(row["text"])]
    if row["root_cause"]:
        told.append(_("The cause: %(cause)s") % {"cause": _sentence(row["root_cause"])})
    if row["is_systemic"]:
        told.append(_("It is systemic."))
    if row["affects"]:
        told.append(_("It touches %(codes)s.") % {"codes": _named(row["affects"], "code")})
    return " ".join(told)


def _steps(assessment: Assessment, reader: User, today: dt.date) -> str:
    rows = findings.recommendations_of(assessment, reader)
    standing = [row for row in rows if row["state"] != RecommendationState.REJECTED][:MOST_LISTED]
    by_urgency = [
        _list(f"{urgency.label}:", (_step(row) for row in standing if row["urgency"] == urgency)) for urgency in Urgency
    ]
    return _text(*by_urgency) or _("No step is recommended yet.")


def _step(row: Row) -> str:
    told = [_sentence(row["text"])]
    if row["rationale"]:
        told.append(_("Why: %(rationale)s") % {"rationale": _sentence(row["rationale"])})
    if row["state"] == RecommendationState.ACCEPTED:
        told.append(_("Accepted: %(code)s.") % {"code": row["action_code"]})
    return " ".join(told)


def _commitment(assessment: Assessment, reader: User, today: dt.date) -> str:
    return _("Each of us says what we will do, and by when. What is said here is a promise in somebody's work.")


_Writer = Callable[[Assessment, User, dt.date], str]
_WRITERS: Mapping[DebriefPartKind, _Writer] = {
    DebriefPartKind.REASON: _reason,
    DebriefPartKind.STATUS: _status,
    DebriefPartKind.STAKE: _stake,
    DebriefPartKind.NATURE: _nature,
    DebriefPartKind.RESULTS: _results,
    DebriefPartKind.LEARNINGS: _learnings,
    DebriefPartKind.STEPS: _steps,
    DebriefPartKind.COMMITMENT: _commitment,
}
