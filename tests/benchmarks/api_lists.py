"""What a page of 100 rows of the API costs, beside a bare function that reads as much in one prepared statement.

`python -m tests.support.postgres python -m tests.benchmarks.api_lists` prints the table of docs/measurements.md. In one
process, without a server: the product answers with token, rules, names and figures; the bare function with psycopg and
orjson alone. Runs are interleaved; medians with their spread, and processor time, which a busy machine moves less.
"""

import io
import logging
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import django
import orjson

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
django.setup()

from django.conf import settings  # noqa: E402 - models come after the settings
from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from psycopg.rows import dict_row  # noqa: E402

from backend.wsgi import application  # noqa: E402
from core import clock  # noqa: E402
from core.accounts import services  # noqa: E402
from core.accounts.models import User  # noqa: E402
from tests.support import big_program  # noqa: E402

RUNS, REQUESTS, ROWS = 9, 20, 100
_CODED = "json_build_object('id', {0}.id, 'code', 'BIG-' || {0}.code, 'name', {0}.{1})"
_OWNER = "json_build_object('id', owner.id, 'name', owner.name)"
# One statement for what each list tells, without who may read it, and without what is reckoned.
STATEMENTS = {
    "outcomes": f"""
        SELECT own.id, own.code, own.statement, own.area, own.is_dis_benefit, own.status, own.closing_note,
          own.created_at, own.updated_at, {_CODED.format("phase", "name")} AS phase, {_OWNER} AS owner
        FROM programs_outcome AS own JOIN programs_phase AS phase ON phase.id = phase_id
          LEFT JOIN accounts_user AS owner ON owner.id = own.owner_id""",
    "measures": f"""
        SELECT own.id, own.code, own.name, own.kind, own.unit, own.direction, own.baseline::text, own.baseline_on,
          own.target::text, own.target_on, own.cadence, own.source, own.reporting_lag_days, own.created_at,
          own.updated_at, {_CODED.format("outcome", "statement")} AS outcome, {_OWNER} AS owner
        FROM programs_measure AS own JOIN programs_outcome AS outcome ON outcome.id = outcome_id
          LEFT JOIN accounts_user AS owner ON owner.id = own.owner_id""",
    "measurements": f"""
        SELECT own.id, own.value::text, measure.unit, own.measured_on, own.recorded_on, own.recorded_at, own.note,
          own.evidence_url, own.supersedes_id, {_CODED.format("measure", "name")} AS measure
        FROM programs_measurement AS own JOIN programs_measure AS measure ON measure.id = measure_id""",
    "milestones": f"""
        SELECT own.id, own.code, own.name, own.goes_live, own.state, own.baseline_on, own.baseline_frozen_at,
          own.due_on, own.actual_on, own.created_at, own.updated_at, {_CODED.format("stream", "name")} AS workstream,
          stream.discipline, {_CODED.format("phase", "name")} AS phase, {_OWNER} AS owner
        FROM workstreams_milestone AS own JOIN workstreams_workstream AS stream ON stream.id = workstream_id
          JOIN programs_phase AS phase ON phase.id = phase_id
          LEFT JOIN accounts_user AS owner ON owner.id = own.owner_id""",
    "action-items": f"""
        SELECT own.id, own.code, own.title, own.detail, own.requested_for, own.promised_for, own.due_on, own.done_on,
          own.state, own.source, own.miss_reason, own.note, own.needs_acceptance, own.accepted_on, own.external_source,
          own.external_id, own.created_at, own.updated_at, {_CODED.format("stream", "name")} AS workstream,
          {_CODED.format("phase", "name")} AS phase, {_CODED.format("milestone", "name")} AS milestone,
          {_CODED.format("outcome", "statement")} AS outcome, {_OWNER} AS performer
        FROM workstreams_actionitem AS own JOIN workstreams_workstream AS stream ON stream.id = workstream_id
          JOIN programs_phase AS phase ON phase.id = phase_id
          JOIN accounts_user AS owner ON owner.id = own.performer_id
          LEFT JOIN workstreams_milestone AS milestone ON milestone.id = milestone_id
          LEFT JOIN programs_outcome AS outcome ON outcome.id = outcome_id""",
}


@dataclass
class Target:
    """What is asked for: a name and a way to ask once; and what each run took, in milliseconds a request."""

    name: str
    ask: Callable[[], bytes]
    taken: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Ask some times over and note what one took."""
        began, worked = time.perf_counter(), time.process_time()
        for _request in range(REQUESTS):
            self.ask()
        self.taken.append(1000 * (time.perf_counter() - began) / REQUESTS)
        self.processor.append(1000 * (time.process_time() - worked) / REQUESTS)


def product(path: str, token: str) -> Callable[[], bytes]:
    """Return how the product is asked for a path, from its door to the last byte."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": f"/api/v1/{path}/",
        "QUERY_STRING": f"limit={ROWS}",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "wsgi.url_scheme": "http",
    }

    def ask() -> bytes:
        statuses: list[str] = []

        def start(status: str, *_headers: Any) -> Callable[[bytes], object]:
            statuses.append(status)
            return lambda _written: None

        answer = application({**environ, "wsgi.input": io.BytesIO()}, start)
        body = b"".join(answer)
        answer.close()
        assert statuses == ["200 OK"], body
        return body

    return ask


def bare(statement: str) -> Callable[[], bytes]:
    """Return how a bare function answers: one prepared statement on a connection that stays open, and orjson."""
    connection.ensure_connection()
    cursor = connection.connection.cursor(row_factory=dict_row)

    def ask() -> bytes:
        cursor.execute(f"{statement} ORDER BY own.id LIMIT {ROWS}", prepare=True)
        return orjson.dumps(cursor.fetchall())

    return ask


@contextmanager
def filled() -> Iterator[str]:
    """Make a database with a large program, and give a token of its manager; drop it in the end."""
    made = setup_databases(verbosity=0, interactive=False)
    try:
        manager = User.objects.create_user(email="alice@example.org", name="Alice Archer")
        big_program.read_often(big_program.make(manager, size=big_program.LARGE), big_program.READINGS)
        at = clock.now()
        yield services.create_token(person=manager, name="bench", scope="read", days=1, by=manager, at=at)[1]
    finally:
        teardown_databases(made, verbosity=0)


def main() -> None:
    """Fill a database, ask for each list in turn, several times over, and print what came of it."""
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 10**9)
    settings.ALLOWED_HOSTS = ["localhost"]
    logging.disable(logging.INFO)
    with filled() as token:
        pairs = [
            (Target(f"raw: {name}", bare(statement)), Target(f"`GET /{name}/`", product(name, token)))
            for name, statement in STATEMENTS.items()
        ]
        for pair in pairs:
            for target in pair:
                target.ask(), target.ask(), target.ask()  # by now its statement is prepared
        for _run in range(RUNS):
            for pair in pairs:
                for target in pair:
                    target.run()
        print_table(pairs)


def print_table(pairs: list[tuple[Target, Target]]) -> None:
    """Print what each took, and how fast the product is beside the bare function: 1 is as fast."""
    print(f"| {ROWS} rows of | ms, median of {RUNS} (least, most) | processor, ms | of raw |\n|---|---|---|---|")
    for raw, own in pairs:
        limit = statistics.median(raw.taken)
        for target in (raw, own):
            middle = statistics.median(target.taken)
            print(
                f"| {target.name} | {middle:.2f} ({min(target.taken):.2f}, {max(target.taken):.2f})"
                f" | {statistics.median(target.processor):.2f} | {limit / middle:.3f} |"
            )


if __name__ == "__main__":
    main()
