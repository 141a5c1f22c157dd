"""The text of a template: what the product brings is whole, and every fault is told with its path and line."""

from importlib import resources

import pytest

from assessments import format, services
from assessments.format import Template
from core.documents.problems import Problems

SMALL = """format: crm-assessment-template/1
slug: our-check
version: 1
title: Our check
total_points: 30
evidence_tests:
  - {code: owner, question: Is somebody responsible?}
  - {code: consistent, question: Is it how we say we work?}
  - {code: documented, question: Do documents show it?}
range_bands: [[0, 45], [50, 100]]
sections:
  - code: A
    name: Alone
    points: 10
    criteria:
      - {code: A1, answer: range, points: 10, statement: We listen.}
      - {code: A2, answer: flag, points: 0, statement: Nobody asks.}
  - code: B
    name: In parts
    group: culture
    points: 20
    parts:
      - code: BA
        name: First
        points: 15
        criteria:
          - {code: BA1, answer: yes_no, points: 15, statement: We ask., rationale: So we know.}
      - code: BB
        name: Second
        points: 5
        criteria:
          - {code: BB1, answer: range, points: 5, statement: 我们倾听客户。}
"""


def read(text: str) -> Template:
    problems = Problems()
    found = format.read_template(text, problems)
    assert found is not None, [str(each) for each in problems.in_order()]
    return found


def faults(text: str) -> list[str]:
    problems = Problems()
    assert format.read_template(text, problems) is None
    return [str(each) for each in problems.in_order()]


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), start=1) if words in line)


@pytest.mark.parametrize(
    ("slug", "version", "points", "criteria"),
    [
        ("crm-best-practice", 1, 1000, 65),
        ("crm-best-practice", 2, 1000, 65),
        ("organisational-readiness", 1, 100, 26),
        ("leadership-and-commitment", 1, 100, 13),
    ],
)
def test_the_templates_of_the_product_are_whole(slug: str, version: int, points: int, criteria: int) -> None:
    found = next(each for each in services.built_in() if (each.slug, each.version) == (slug, version))
    held = [part for section in found.sections for part in (section.parts or (section,))]

    assert (found.total_points, sum(len(part.criteria) for part in held)) == (points, criteria)
    assert sum(one.points for part in held for one in part.criteria) == points


def test_the_second_version_scores_no_method_and_keeps_the_points_of_each_section() -> None:
    found = [each for each in services.built_in() if each.slug == "crm-best-practice"]
    first, second = sorted(found, key=lambda each: each.version)
    assert (first.version, second.version) == (1, 2)

    def points(template: Template) -> dict[str, int]:
        return {part.code: part.points for each in template.sections for part in (each, *each.parts)}

    def criteria(template: Template) -> dict[str, str]:
        held = [part for each in template.sections for part in (each.parts or (each,))]
        return {one.code: one.statement for part in held for one in part.criteria}

    assert points(first) == points(second)
    before, after = criteria(first), criteria(second)
    assert before.keys() - after.keys() == {"OC5", "OF1"}
    assert after.keys() - before.keys() == {"L7", "S7"}
    assert "stakes their own name" in after["L7"]
    assert "aligned with each other and with the spirit of the organisation" in after["S7"]
    assert all(after[code] == before[code] for code in before.keys() & after.keys())


def test_results_have_their_four_parts_and_warning_signs_are_flags() -> None:
    found = {each.slug: each for each in services.built_in()}
    results = next(each for each in found["crm-best-practice"].sections if each.parts)
    flags = [
        one
        for section in found["organisational-readiness"].sections
        for one in section.criteria
        if one.answer == "flag"
    ]

    assert [part.points for part in results.parts] == [90, 120, 50, 40]
    assert len(found["crm-best-practice"].sections) == 9
    assert len(flags) == 8 and not any(one.points for one in flags)


def test_a_template_is_read_as_it_is_written() -> None:
    found = read(SMALL)

    assert [section.code for section in found.sections] == ["A", "B"]
    assert [part.code for part in found.sections[1].parts] == ["BA", "BB"]
    assert {part.group for part in found.sections[1].parts} == {"culture"}
    assert found.sections[1].parts[1].criteria[0].statement == "我们倾听客户。"
    assert found.range_bands == ((0, 45), (50, 100))


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("total_points: 30", "total_points: 31", "total_points", "adds up to 30"),
        ("    points: 10", "    points: 11", "sections[0].points", "adds up to 10"),
        ("        points: 15", "        points: 16", "sections[1].parts[0].points", "adds up to 15"),
        ("code: A2", "code: A1", "sections[0].criteria[1].code", "stands there twice"),
        ("code: BB\n", "code: A\n", "sections[1].parts[1].code", "stands there twice"),
        ("code: A2", "code: A-2", "sections[0].criteria[1].code", "letters and digits"),
        ("answer: flag, points: 0", "answer: flag, points: 1", "sections[0].criteria[1].points", "never scored"),
        ("answer: yes_no", "answer: maybe", "sections[1].parts[0].criteria[0].answer", "write one of"),
        ("version: 1", "version: one", "version", "whole number"),
        ("version: 1", "version: 0", "version", "from 1 to 9999"),
        ("version: 1", "version: 40000", "version", "from 1 to 9999"),
        ("slug: our-check", "slug: Our check", "slug", "small letters"),
        ("slug: our-check", "slug: ../our", "slug", "small letters"),
        ("slug: our-check", "slug: 我们", "slug", "small letters"),
        ("format: crm-assessment-template/1", "format: crm-program/1", "format", "crm-assessment-template/1"),
        ("title: Our check", "titel: Our check", "titel", "no such key"),
        ("[[0, 45], [50, 100]]", "[[0, 45], [55, 100]]", "range_bands", "follow one another"),
        ("[[0, 45], [50, 100]]", "[[0, 45], [50, 95]]", "range_bands", "follow one another"),
        ("statement: We ask.,", "statement: ,", "sections[1].parts[0].criteria[0].statement", "missing"),
    ],
)
def test_a_fault_is_told_with_its_path_and_line(old: str, new: str, path: str, words: str) -> None:
    text = SMALL.replace(old, new, 1)
    expected = line_of(SMALL, old.strip())

    assert any(f"line {expected}: {path}: " in each and words in each for each in faults(text)), faults(text)


def test_every_template_asks_the_three_tests() -> None:
    line = line_of(SMALL, "evidence_tests")
    for wrong in (
        ("code: consistent", "code: constant"),
        ("{code: owner, question: Is somebody responsible?}", "owner"),
    ):
        assert any(f"line {line}: evidence_tests: " in each for each in faults(SMALL.replace(*wrong)))


def test_a_section_has_criteria_or_parts_and_one_of_them() -> None:
    both = SMALL.replace("    parts:\n", "    criteria: []\n    parts:\n")
    neither = SMALL[: SMALL.index("    parts:\n")]

    assert any("criteria or parts" in each for each in faults(both))
    assert any("sections[1].criteria" in each for each in faults(neither))


def test_a_file_cut_in_half_is_refused_at_every_length() -> None:
    text = (resources.files("assessments") / "data/crm-best-practice.yaml").read_text(encoding="utf-8")
    for length in range(0, len(text) - 200, 997):
        assert faults(text[:length])


def test_what_is_written_reads_as_the_same() -> None:
    for each in services.built_in():
        sections = [_plain(section) for section in each.sections]
        plain = {**vars(each), "sections": sections, "evidence_tests": list(each.evidence_tests)}
        plain["range_bands"] = [list(band) for band in each.range_bands]
        assert read(format.write_template(plain)) == each


def _plain(section: format.Section) -> dict[str, object]:
    plain: dict[str, object] = {"code": section.code, "name": section.name, "points": section.points}
    if section.parts:
        parts = [_plain(part) for part in section.parts]
        return plain | {
            "group": section.group,
            "parts": [{k: v for k, v in part.items() if k != "group"} for part in parts],
        }
    return plain | {"group": section.group, "criteria": [vars(one) for one in section.criteria]}
