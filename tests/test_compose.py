"""docker-compose.yml and Dockerfile against the product: each command, variable and health check is one it has."""

import os
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from pytest_django.live_server_helper import LiveServer
from ruamel.yaml import YAML

from backend.cli import parser
from backend.processes import commands
from backend.settings.environment import CATALOGUE
from tests.architecture.tree import FLOORS, ROOT

SERVICES: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.yml")["services"]
OURS = ("migrate", "web", "worker", "beat")
VARIABLES = {variable.name: variable for variable in CATALOGUE}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
FINAL_STAGE = DOCKERFILE.rpartition("\nFROM ")[2]
# What somebody would write into .env.
TYPED = {
    "SECRET_KEY": "f" * 64,
    "DATABASE_PASSWORD": "d" * 64,
    "BROKER_PASSWORD": "b" * 64,
    "PUBLIC_URL": "https://tracker.example.org",
}
REFERENCE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def _filled(value: object) -> str:
    """Return a value as compose hands it on: the typed ones in place, else what stands after `:-`."""
    return REFERENCE.sub(lambda found: TYPED.get(found[1]) or (found[3] if found[2] == "-" else ""), str(value))


def _probe(name: str) -> str:
    """Return the Python that a service's health check runs."""
    marker, program, flag, code = SERVICES[name]["healthcheck"]["test"]
    assert (marker, program, flag) == ("CMD", "python", "-c")
    return str(code)


def _succeeds(code: str) -> bool:
    return subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


@pytest.mark.parametrize("name", OURS)
def test_its_command_is_one_of_the_product(name: str) -> None:
    program, *arguments = SERVICES[name]["command"]
    assert program in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    parser.build().parse_args(arguments)
    assert arguments == [name]


@pytest.mark.parametrize("name", OURS)
def test_its_variables_are_those_of_the_product(name: str) -> None:
    for variable, value in SERVICES[name]["environment"].items():
        if filled := _filled(value):
            VARIABLES[variable].check(filled)


@pytest.mark.parametrize("name", OURS)
def test_what_somebody_writes_into_env_reaches_it(name: str) -> None:
    """All but where things are inside the container, which the image says, and the clock that only tests move."""
    inside = {"TRACKER_DATA", "HOST", "PORT", "TRACKER_CLOCK_OFFSET"}
    assert set(SERVICES[name]["environment"]) == VARIABLES.keys() - inside


def test_the_image_sets_variables_of_the_product() -> None:
    names = re.findall(r"(\w+)=", "".join(re.findall(r"^ENV (.*)$", FINAL_STAGE, re.MULTILINE)))
    assert set(names) - {"PATH", "PYTHONUNBUFFERED"} <= VARIABLES.keys()


def test_no_secret_stands_inside() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    used = {name: (kind, words) for name, kind, words in REFERENCE.findall(text)}
    for name in (*TYPED, "EMAIL_URL"):
        kind, words = used[name]
        assert kind == "?" or words == ""
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            if "PASSWORD" in name or "AUTH" in name or (name in VARIABLES and VARIABLES[name].is_secret):
                assert REFERENCE.search(str(value))


@pytest.mark.parametrize(("variable", "service"), [("DATABASE_URL", "database"), ("REDIS_URL", "broker")])
def test_addresses_name_services(variable: str, service: str) -> None:
    assert urlsplit(_filled(SERVICES["web"]["environment"][variable])).hostname == service


def test_what_is_waited_for_can_be() -> None:
    for service in SERVICES.values():
        for name, wait in service.get("depends_on", {}).items():
            assert wait["condition"] == "service_completed_successfully" or "healthcheck" in SERVICES[name]


def test_every_standing_service_has_a_health_check() -> None:
    assert [name for name, service in SERVICES.items() if "healthcheck" not in service] == ["migrate"]


def test_the_web_check_asks_for_an_open_address_on_the_port_of_the_image(live_server: LiveServer) -> None:
    address = re.search(r"http://[^']+", _probe("web"))
    assert address
    parts = urlsplit(address.group())
    assert resolve(parts.path).url_name == "health_live"
    assert f"PORT={parts.port}" in FINAL_STAGE
    assert SERVICES["web"]["ports"] == [f"127.0.0.1:8000:{parts.port}"]
    assert _succeeds(_probe("web").replace(f"http://{parts.netloc}", live_server.url))
    assert not _succeeds(_probe("web").replace(parts.netloc, "127.0.0.1:1"))


def test_the_beat_check_looks_at_the_schedule_that_beat_writes(tmp_path: Path) -> None:
    code = _probe("beat").replace("/data", str(tmp_path))
    written = next(part for part in commands.beat(folder=tmp_path).argv if part.startswith("--schedule="))
    schedule = Path(written.removeprefix("--schedule="))
    assert not _succeeds(code)
    schedule.touch()
    assert _succeeds(code)
    os.utime(schedule, (time.time() - 3600,) * 2)
    assert not _succeeds(code)


def test_the_worker_check_asks_the_application_that_the_worker_runs() -> None:
    marker, line = SERVICES["worker"]["healthcheck"]["test"]
    assert marker == "CMD-SHELL"
    assert " ".join(commands.worker().argv).split(" --app ")[1].split()[0] == line.split("--app ")[1].split()[0]


@pytest.mark.parametrize("name", ["worker", "web", "beat"])
def test_it_is_left_the_time_it_needs_to_stop(name: str) -> None:
    needed = {
        "web": commands.web(host="", port=1).grace,
        "worker": commands.worker().grace,
        "beat": commands.beat(folder=ROOT).grace,
    }
    assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) >= needed[name]


def test_workers_can_be_many() -> None:
    assert SERVICES["worker"].keys().isdisjoint({"container_name", "ports", "hostname"})


def test_the_broker_keeps_every_message() -> None:
    line = " ".join(SERVICES["broker"]["command"])
    assert "--appendonly yes" in line
    assert "--maxmemory-policy noeviction" in line


def test_nothing_of_ours_runs_as_root_or_may_become_it() -> None:
    account = re.findall(r"^USER (\S+)$", FINAL_STAGE, re.MULTILINE)
    assert account and account[-1] not in {"root", "0"}
    for name in OURS:
        assert "user" not in SERVICES[name]
        assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_the_image_holds_every_floor_and_is_made_by_the_tried_steps() -> None:
    assert set(FLOORS) <= set(re.findall(r"^COPY (\w+) \w+$", DOCKERFILE, re.MULTILINE))
    steps = re.findall(r"^RUN \.ci/install-image (\w+) /product$", DOCKERFILE, re.MULTILINE)
    assert steps == ["dependencies", "product"]
    left_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {
        word for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE) for word in line.split()
    }
    assert copied == left_in
