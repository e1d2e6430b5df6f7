"""A machine without an outside: a folder is carried there, and the platform runs from its units."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from deploy.ship import keys, systemd, wheelhouse
from deploy.ship.parts import PARTS
from deploy.tongxin.home import SERVICES
from deploy.tongxin.part import probe
from deploy.tongxin.process import Child, free_port, unprivileged, until
from tests.deploy.units import Unit, listens

pytestmark = [pytest.mark.servers, pytest.mark.slow]

READY_S = 240.0
NEXT = "99.1.0"
NO_OUTSIDE = {"PATH": os.defpath, "PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://[::1]:9"}


@pytest.fixture(scope="module")
def machine(place: Path) -> Path:
    """Where things would be on a machine of its own: opt, etc, var, units."""
    machine = place / "machine"
    machine.mkdir(mode=0o755)
    return machine


@pytest.fixture(scope="module")
def house(place: Path) -> Path:
    """The folder that is carried."""
    folder = place / "wheelhouse"
    wheelhouse.build(folder)
    return folder


def install(house: Path, machine: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """As on a fresh machine: no settings, no cache, no index, and where we may, no network."""
    empty = machine / "empty"
    empty.mkdir(exist_ok=True)
    alone = ["unshare", "--net"]
    may = shutil.which("unshare") and not subprocess.run([*alone, "true"], check=False).returncode
    return subprocess.run(
        [*(alone if may else []), "sh", str(house / "install.sh"), *more],
        env={**NO_OUTSIDE, "HOME": str(empty), "TONGXIN_PYTHON": str(base_python())},
        cwd=empty,
        capture_output=True,
        text=True,
        check=False,
    )


def base_python() -> Path:
    """The Python that ours was made from."""
    return Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"


@pytest.fixture(scope="module")
def units(house: Path, machine: Path) -> Path:
    """The folder of the units of an installation."""
    units = machine / "units"
    where = ("--prefix", machine / "opt", "--etc", machine / "etc", "--state", machine / "var")
    done = install(house, machine, *map(str, where), "--units", str(units))
    assert 0 == done.returncode, done.stderr
    return units


@pytest.fixture(scope="module")
def settled(units: Path, machine: Path) -> Path:
    """With its secrets, and on ports that nobody else has."""
    etc, pg, nats = machine / "etc", free_port(), free_port()
    places = ("--pg", f"127.0.0.1:{pg}/tongxin", "--nats", f"127.0.0.1:{nats}")
    keys.main([str(etc / "secrets"), *places, "--nats-store", str(machine / "var/nats")])
    (etc / "postgres.env").write_text(f"PGPORT={pg}\n")
    told = (etc / "tongxin.env").read_text("utf-8").replace("4222", str(nats))
    (etc / "tongxin.env").write_text(told, "utf-8")
    for service in SERVICES:
        (etc / f"{service}.env").write_text(f"TONGXIN_HTTP_PORT={free_port()}\n")
    with (etc / "portal.env").open("a") as portal:
        portal.write(f"TONGXIN_PORTAL_PORT={free_port()}\n")
    state = machine / "var"
    state.mkdir()
    if user := unprivileged():
        os.chown(state, user.uid, user.gid)
    return units


@pytest.fixture(scope="module")
def started(settled: Path, machine: Path) -> Iterator[dict[str, Unit]]:
    """Every unit, started in the order that `After=` asks for."""
    servers = ("tongxin-postgres", "tongxin-nats")
    names = (*servers, "tongxin-migrate", *(f"tongxin@{service}" for service in SERVICES))
    found = {name: Unit(settled, name, machine) for name in names}
    running: list[Child] = []
    try:
        for name, unit in found.items():
            if name != "tongxin-migrate":
                running.append(unit.start())
                continue
            assert all(until(partial(listens, port), READY_S) for port in server_ports(machine))
            done = unit.run()
            assert 0 == done.returncode, done.stderr
        yield found
    finally:
        for child in reversed(running):
            child.stop(15.0)


def server_ports(machine: Path) -> list[int]:
    told = [(machine / "etc" / file).read_text("utf-8") for file in ("postgres.env", "tongxin.env")]
    return [
        int(told[0].partition("PGPORT=")[2]),
        int(told[1].partition("nats://127.0.0.1:")[2].split()[0]),
    ]


def test_every_service_has_a_port_of_its_own() -> None:
    assert set(SERVICES) <= set(PARTS)
    assert len({part.port for part in PARTS.values()}) == len(PARTS)


def test_the_target_wants_every_service() -> None:
    (wants,) = [line for line in systemd.files()["tongxin.target"].splitlines() if "Wants" in line]
    assert {"tongxin-migrate.service", *(f"tongxin@{one}.service" for one in SERVICES)} == set(
        wants.removeprefix("Wants=").split()
    )


def test_what_was_damaged_on_the_way_is_not_installed(tmp_path: Path, machine: Path) -> None:
    shutil.copy(Path(wheelhouse.__file__).with_name("install.sh"), tmp_path)
    (tmp_path / "tongxin-1-py3-none-any.whl").write_bytes(b"damaged")
    (tmp_path / wheelhouse.SUMS).write_text(f"{'0' * 64}  tongxin-1-py3-none-any.whl\n")
    done = install(tmp_path, machine, "--prefix", str(tmp_path / "opt"))
    assert (1, False) == (done.returncode, (tmp_path / "opt").exists())
    assert "the folder is damaged" in done.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_finds_nothing_wrong(units: Path) -> None:
    files = [str(file) for file in units.iterdir() if file.is_file()]
    told = subprocess.run(
        ["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False
    )
    complaints = [line for line in told.stderr.splitlines() if str(units) in line]
    assert (0, []) == (told.returncode, complaints)


def test_the_same_folder_again_is_how_one_goes_back(
    house: Path, machine: Path, units: Path
) -> None:
    """Nothing of what is there is made anew: somebody may be running it."""
    current = machine / "opt/current"
    mine, made = current.readlink(), (current / "complete").stat().st_mtime_ns
    current.unlink()
    current.symlink_to("another")
    done = install(house, machine, "--prefix", str(machine / "opt"))
    assert (0, mine) == (done.returncode, current.readlink())
    assert made == (current / "complete").stat().st_mtime_ns
    assert units.is_dir()


def test_the_platform_runs_from_its_units(started: dict[str, Unit]) -> None:
    """From files that no checkout lent."""
    for service in SERVICES:
        port = int(started[f"tongxin@{service}"].environment()["TONGXIN_HTTP_PORT"])
        log = started[f"tongxin@{service}"].place / f"tongxin@{service}.log"
        assert until(partial(probe, port), READY_S), log.read_text("utf-8")
    door = int(started["tongxin@portal"].environment()["TONGXIN_PORTAL_PORT"])
    assert until(partial(listens, door), READY_S)
    answer = httpx.get(f"http://127.0.0.1:{door}/", timeout=60)
    assert (200, True) == (answer.status_code, "同心" in answer.text)


@pytest.fixture(scope="module")
def next_house(house: Path, place: Path) -> Path:
    """The folder of the version after it."""
    folder = place / "wheelhouse-next"
    shutil.copytree(house, folder, copy_function=os.link)
    (folder / wheelhouse.SUMS).unlink()
    (former,) = folder.glob("tongxin-*.whl")
    former.unlink()
    wheelhouse.own_wheel(folder, NEXT)
    wheelhouse.sum_up(folder)
    return folder


def test_the_next_version_takes_over_what_is_there_and_gives_it_back(
    started: dict[str, Unit], house: Path, next_house: Path, machine: Path
) -> None:
    opt = machine / "opt"
    former = (opt / "current").readlink()
    kept = {file: file.read_bytes() for file in (machine / "etc").rglob("*") if file.is_file()}
    ask(started, machine, "open", "lu.min", "--name", "陆敏", "--area", "511623000000")
    where = ("--prefix", opt, "--etc", machine / "etc", "--state", machine / "var")
    for folder, version in ((next_house, NEXT), (house, str(former).partition("-")[0])):
        done = install(folder, machine, *map(str, where), "--units", str(machine / "units"))
        assert 0 == done.returncode, done.stderr
        assert version == str((opt / "current").readlink()).partition("-")[0]
        assert (opt / former / "complete").exists()
        assert kept == {file: file.read_bytes() for file in kept}
        assert 0 == started["tongxin-migrate"].run().returncode
        topics = Unit(machine / "units", "tongxin@topics", machine)
        replica = topics.start(TONGXIN_HTTP_PORT=str(port := free_port()))
        assert until(partial(probe, port), READY_S), (machine / "tongxin@topics.log").read_text()
        replica.stop(15.0)
        assert "lu.min" in ask(started, machine, "list")
    assert former == (opt / "current").readlink()


def ask(started: dict[str, Unit], machine: Path, *words: str) -> str:
    """What the command line of the current version answers about accounts."""
    command = [str(machine / "opt/current/bin/tongxin"), "accounts", *words, "--json"]
    done = started["tongxin-migrate"].ask(command)
    assert 0 == done.returncode, done.stderr
    return done.stdout


def test_secrets_are_handed_over_to_nobody_else(started: dict[str, Unit]) -> None:
    for unit in started.values():
        assert {0o400} <= {file.stat().st_mode & 0o777 for file in unit.credentials.iterdir()}
        told = " ".join(unit.environment().values())
        assert all(file.read_text() not in told for file in unit.credentials.iterdir())


def test_the_first_operator_is_let_in_from_a_terminal(
    started: dict[str, Unit], machine: Path
) -> None:
    assert started
    env = {
        **NO_OUTSIDE,
        "HOME": str(machine / "empty"),
        "TONGXIN_SECRETS": str(machine / "etc/secrets/migrate"),
        "TONGXIN_NATS_USER": "admin",
        "TONGXIN_NATS_URL": f"nats://127.0.0.1:{server_ports(machine)[1]}",
    }
    words = "open wang.min --name 王敏 --area 510000000000", "grant wang.min --role operator"
    for line in (f"accounts {words[0]}", f"accounts {words[1]} --within 510000000000", "doctor"):
        done = subprocess.run(
            [machine / "opt/current/bin/tongxin", *line.split()],
            env=env,
            cwd=machine / "empty",
            capture_output=True,
            text=True,
            check=False,
        )
        assert 0 == done.returncode, (line, done.stdout, done.stderr)
    assert "nothing is wrong" in done.stdout
