"""Reading a program file: every fault with its path and line, nothing lost silently, nothing without bounds."""

import datetime as dt

import pytest

from backend.programfile.format import checks, files
from core.documents import reader
from core.documents.problems import Problem, Problems

HEAD = "format: crm-program/1\nstatus_date: 2026-11-20\n"


def faults(text: str, as_of: dt.date | None = None) -> list[Problem]:
    """Return the faults of a text, by line."""
    problems = Problems()
    file = files.read_file(text, as_of, problems)
    if file is not None:
        checks.check(file.document, None, problems)
    return problems.in_order()


def at(found: list[Problem]) -> set[tuple[int, str]]:
    """Return where faults stand."""
    return {(each.line, each.path) for each in found}


def line_of(text: str, words: str) -> int:
    """Return the line on which some words stand first."""
    return text[: text.index(words)].count("\n") + 1


def test_the_sample_has_no_fault(sample: str) -> None:
    assert faults(sample) == []


def test_a_file_cut_in_half_names_a_line(sample: str) -> None:
    whole = sample.splitlines()
    for share in (3, 2, 1.5):
        text = sample[: int(len(sample) / share)]
        found = faults(text)
        assert found
        assert all(1 <= each.line <= len(whole) for each in found)


@pytest.mark.parametrize("whole", ["  name: One Customer", "  - {code: W1,"])
def test_a_tab_names_its_line(sample: str, whole: str) -> None:
    text = sample.replace(whole, "\t" + whole.lstrip(), 1)
    (found,) = faults(text)
    assert found.line in (line_of(text, "\t"), line_of(text, "\t") + 1)
    assert "tab" in found.message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "empty"),
        ("  \n\n", 1, "empty"),
        ("just words", 1, "no file of the product"),
        ("- a\n- b\n", 1, "no file of the product"),
        ("format: crm-program/2\nstatus_date: 2026-01-01\nprogram: {}\n", 1, "crm-program/1"),
        (HEAD + "a: &x [1]\nb: *x\n", 3, "anchors"),
        (HEAD + "program: !!python/object:os.system {}\n", 3, "tags"),
        (HEAD + "---\nformat: crm-program/1\n", 3, "second document"),
        (HEAD + "program: " + "[" * 40 + "]" * 40 + "\n", 3, "deeper"),
        (HEAD + "program: {a: \x01}\n", 3, "character"),
        (HEAD + "[a]: b\n", 3, "key"),
    ],
)
def test_what_is_no_program_file_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    found = faults(text)
    assert any(each.line == line and words in each.message for each in found), found


def test_bytes_that_are_not_utf_8_name_their_line() -> None:
    problems = Problems()
    assert reader.decode(HEAD.encode() + b"program: \xff\xfe", problems) == ""
    assert problems.found[0].line == 3


def test_a_file_beyond_the_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_ITEMS", 3)
    assert "longer than 3" in faults(HEAD + "actions: [{}, {}, {}, {}]\n")[0].message
    monkeypatch.setattr(reader, "MOST_BYTES", 20)
    assert "larger" in faults(HEAD)[0].message


def test_a_typo_is_not_lost(sample: str) -> None:
    text = sample.replace(
        "    owner: joan.ellery@harbourvale.example\n    baseline: {start", "    ownr: x\n    baseline: {strt", 1
    )
    found = at(faults(text))
    line = line_of(text, "ownr")
    assert {(line, "phases[0].ownr"), (line + 1, "phases[0].baseline.strt")} <= found


def test_a_key_that_stands_twice_names_both_lines(sample: str) -> None:
    text = sample.replace("  key: ONE\n", "  key: ONE\n  key: TWO\n", 1)
    (found,) = faults(text)
    assert (found.path, found.line) == ("program.key", line_of(text, "key: TWO"))
    assert str(line_of(text, "key: ONE")) in found.message


def test_yaml_1_1_does_not_creep_in(sample: str) -> None:
    text = sample.replace("organisation: Harbour & Vale Bank", "organisation: NO").replace(
        "name: Marta Osei", "name: on"
    )
    problems = Problems()
    file = files.read_file(text, None, problems)
    assert file is not None
    assert file.document.program.values["organisation"] == "NO"
    assert file.document.of("person")[0].values["name"] == "on"
    assert at(faults(text.replace("systemic: true", "systemic: yes"))) == {
        (line_of(text, "systemic"), "assessments[1].findings[0].systemic")
    }


EIGHT = [
    ("lead: ben.okoro@harbourvale.example", "lead: nobody@harbourvale.example", "workstreams[1].lead"),
    ("- {code: S2, phase", "- {code: S1, phase", "milestones[1].code"),
    ("planned: 2027-01-14", "planned: 2027-02-30", "phases[2].gate.planned"),
    ("{code: S3, phase: PH3", "{code: S3, phase: PH9", "milestones[2].phase"),
    ("baseline: 88.4, baseline_on", "baseline: 95, baseline_on", "phases[4].outcomes[0].measures[0].target"),
    ("said: 2026-11-12, reason: Three rules need legal review}]}", "said: 2026-11-12, reason: R}], after: [S5]}", ""),
    ("discipline: project", "discipline: change", "workstreams"),
    ("state: declined", "state: finished", "actions[6].state"),
]


def with_eight_faults(sample: str) -> str:
    """Return the sample with an unknown person, a code twice, an impossible date, an unknown phase, a target in the
    wrong direction, a cycle, a missing discipline and a bad state."""
    for old, new, _path in EIGHT:
        assert old in sample
        sample = sample.replace(old, new, 1)
    return sample


def test_eight_faults_are_all_named_in_one_run(sample: str) -> None:
    text = with_eight_faults(sample)
    found = faults(text)
    for old, _new, path in EIGHT:
        if path and path != "workstreams":
            assert (line_of(sample, old), path) in at(found)
    (cycle,) = [each for each in found if "circle" in each.message]
    assert "S5" in cycle.message
    assert "C4" in cycle.message
    assert cycle.path.startswith("milestones[")
    (discipline,) = [each for each in found if each.path == "workstreams"]
    assert (discipline.line, "project" in discipline.message) == (line_of(text, "  - {code: W1"), True)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("key: ONE", "key: one two", "program.key"),
        ("currency: GBP", "currency: pounds", "program.currency"),
        ("timezone: Europe/London", "timezone: Europe/Londn", "program.timezone"),
        ("timezone: Asia/Shanghai", "timezone: Shanghai", "people[7].timezone"),
        ("language: zh-hans", "language: zz", "people[7].language"),
        ("role: manager", "role: sponsor", "people[1].role"),
        ("budget: 6400000", "budget: -1", "program.budget"),
        ("budget: 6400000", "budget: lots", "program.budget"),
        ("end: 2027-12-17\n", "end: 2025-12-17\n", "program.end"),
        ("probability: 3", "probability: 6", "raid[0].probability"),
        ("probability: 3, ", "", "raid[0].probability"),
        ("action: A1}", "action: A99}", "phases[0].gate.conditions[0].action"),
        ("after: [S1]", "after: [S2]", "milestones[1].after[0].code"),
        ("after: [S1]", "after: [{code: S1, lag: -1}]", "milestones[1].after[0].lag"),
        ("done: 2026-10-16", "done: 2026-10-17", "actions[0].done"),
        ("state: committed, note", "state: requested, note", "actions[4].promised_for"),
        ("reason: competing_priority, ", "", "actions[1].reason"),
        ("renewed_as: A6", "renewed_as: A66", "actions[1].renewed_as"),
        ("actual: {start: 2026-08-31}", "actual: {}", "phases[2].actual.start"),
        (
            "readings: [{date: 2026-03-30",
            "readings: [{recorded: 2026-03-29, date: 2026-03-30",
            "phases[0].outcomes[0].measures[0].readings[0].date",
        ),
        ("urgency: essential", "urgency: soon", "assessments[1].findings[0].recommendations[0].urgency"),
        ("commitments: [A4]", "commitments: [A44]", "assessments[1].debrief.commitments[0].action"),
        ("offsets: [-3, 0]", "offsets: [-3, soon]", "reminders.action.offsets"),
        ("  gate: {offsets", "  gates: {offsets", "reminders.gates"),
    ],
)
def test_a_fault_is_named_with_its_path_and_line(sample: str, old: str, new: str, path: str) -> None:
    assert old in sample
    text = sample.replace(old, new, 1)
    found = [each for each in faults(text) if each.path == path]
    assert found, faults(text)
    assert abs(found[0].line - line_of(sample, old)) <= 2


def test_what_waits_is_not_pushed_beyond_the_days_of_a_program(sample: str) -> None:
    text = sample.replace("date: 2026-12-18, said", "date: 2199-12-31, said", 1)
    text = text.replace("after: [S4, C5]", "after: [{code: S4, lag: 9}]", 1)
    assert text.count("2199-12-31") == 1 and "{code: S4, lag: 9}" in text
    (fault,) = faults(text)
    assert fault.message == "This pushes a milestone beyond 31 December 2199."
    assert fault.line == line_of(text, "{code: S4, lag: 9}")


def test_asking_for_another_day_moves_every_date(sample: str) -> None:
    still, moved = Problems(), Problems()
    file = files.read_file(sample, None, still)
    later = files.read_file(sample, dt.date(2028, 2, 29), moved)
    assert file is not None
    assert later is not None
    shift = dt.date(2028, 2, 29) - dt.date(2026, 11, 20)
    count = 0
    for row, twin in zip(file.document.every(), later.document.every(), strict=True):
        for column, value in row.values.items():
            if isinstance(value, dt.date):
                assert twin.values[column] == value + shift
                count += 1
    assert count > 130


def test_a_leap_day_moves_by_days() -> None:
    text = HEAD.replace("2026-11-20", "2028-02-28") + "program: {key: ONE, name: One, holidays: [2028-02-29]}\n"
    file = files.read_file(text, dt.date(2029, 2, 28), Problems())
    assert file is not None
    assert file.document.of("holiday")[0].values["on"] == dt.date(2029, 3, 1)


def test_a_date_moved_out_of_the_calendar_is_a_fault(sample: str) -> None:
    assert "calendar" in faults(sample, as_of=dt.date(9999, 6, 1))[0].message


@pytest.mark.parametrize(
    ("moves", "path", "words"),
    [
        (
            "[{from: 2026-10-30, to: 2026-11-20, decided: 2026-10-01, by: MARTA, reason: Vendor}]",
            "milestones[3].baseline",
            "the last decision under “rebaselined” moved it to 2026-11-20",
        ),
        (
            "[{from: 2026-10-30, to: 2026-11-06, decided: 2026-10-01, by: MARTA, reason: Vendor},"
            " {from: 2026-11-07, to: 2026-11-13, decided: 2026-10-20, by: MARTA, reason: Vendor}]",
            "milestones[3].rebaselined[1].from",
            "the decision before it moved the baseline to 2026-11-06",
        ),
    ],
)
def test_a_baseline_that_its_re_baselines_contradict_is_refused(sample: str, moves: str, path: str, words: str) -> None:
    said = moves.replace("MARTA", "marta.osei@harbourvale.example")
    text = sample.replace("baseline: 2026-11-13, forecasts", f"baseline: 2026-11-13, rebaselined: {said}, forecasts", 1)
    assert text != sample
    assert [(each.path, each.message) for each in faults(text)] == [(path, words)]


def test_re_baselines_that_lead_to_the_baseline_are_taken(sample: str) -> None:
    said = (
        "[{from: 2026-10-30, to: 2026-11-13, decided: 2026-10-01, by: marta.osei@harbourvale.example, reason: Vendor}]"
    )
    text = sample.replace("baseline: 2026-11-13, forecasts", f"baseline: 2026-11-13, rebaselined: {said}, forecasts", 1)
    assert faults(text) == []
