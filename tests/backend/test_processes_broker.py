"""The embedded broker: kept messages, a kept address, a password, and nothing left of an earlier one."""

import os
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis

from backend.processes import broker


class Servers:
    """Starts brokers and sees to their end."""

    def __init__(self) -> None:
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, embedded: broker.Broker) -> subprocess.Popen[bytes]:
        """Start the broker and wait until it answers."""
        process = subprocess.Popen(embedded.command.argv, stdout=subprocess.DEVNULL)
        self.running.append(process)
        assert embedded.wait(10)
        return process


@pytest.fixture
def servers() -> Iterator[Servers]:
    """Brokers that are gone after the test."""
    servers = Servers()
    yield servers
    for process in servers.running:
        process.kill()
        process.wait()


def test_the_broker_keeps_what_it_is_given_and_drops_nothing(tmp_path: Path, servers: Servers) -> None:
    embedded = broker.embedded(url_file=tmp_path / "valkey" / "url")
    servers.start(embedded)
    with redis.Redis.from_url(embedded.url) as client:
        facts = client.info("everything")
        assert facts["aof_enabled"] == 1
        assert facts["maxmemory_policy"] == "noeviction"
        assert client.config_get("bind")["bind"] == "127.0.0.1"


def test_nobody_enters_without_the_password(tmp_path: Path, servers: Servers) -> None:
    embedded = broker.embedded(url_file=tmp_path / "url")
    servers.start(embedded)
    with (
        redis.Redis(port=urlsplit(embedded.url).port or 0) as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()
    assert stat.S_IMODE((tmp_path / "url").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "valkey.conf").stat().st_mode) == 0o600


def test_messages_and_address_outlive_a_kill(tmp_path: Path, servers: Servers) -> None:
    url_file = tmp_path / "url"
    embedded = broker.embedded(url_file=url_file)
    process = servers.start(embedded)
    with redis.Redis.from_url(embedded.url) as client:
        client.rpush("celery", "wake up")
        client.execute_command("WAITAOF", 1, 0, 5000)
    process.kill()
    process.wait()
    again = broker.embedded(url_file=url_file)
    servers.start(again)
    assert again.url == embedded.url
    with redis.Redis.from_url(again.url) as client:
        assert client.lrange("celery", 0, -1) == [b"wake up"]


def test_a_broker_left_behind_is_stopped_first(tmp_path: Path, servers: Servers) -> None:
    left_behind = servers.start(broker.embedded(url_file=tmp_path / "url"))
    broker.embedded(url_file=tmp_path / "url")
    assert left_behind.wait(5) == 0


def test_a_taken_port_gives_way_to_another(tmp_path: Path, servers: Servers) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    first = broker.embedded(url_file=mine / "url")
    stranger = broker.embedded(url_file=other / "url")
    (mine / "url").write_text(stranger.url.replace(urlsplit(stranger.url).password or "", "another-password"))
    servers.start(stranger)
    second = broker.embedded(url_file=mine / "url")
    assert urlsplit(second.url).port not in (urlsplit(stranger.url).port, None)
    assert second.url != first.url


def test_a_server_of_the_machine_goes_before_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = tmp_path / "redis-server"
    server.write_text("#!/bin/sh\n")
    server.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert broker.find_server() == str(server)
    server.unlink()
    assert os.access(broker.find_server(), os.X_OK)


def test_a_stopped_broker_is_not_waited_for_long(tmp_path: Path, servers: Servers) -> None:
    embedded = broker.embedded(url_file=tmp_path / "url")
    process = servers.start(embedded)
    process.send_signal(signal.SIGTERM)
    process.wait(10)
    assert not embedded.wait(0.1)
