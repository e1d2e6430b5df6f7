"""It runs as root and as an ordinary user, wherever the checkout lies."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from deploy.tongxin.home import ROOT, Home, reachable, read_json
from deploy.tongxin.installation import Installation, find_installation
from deploy.tongxin.postgres import Cluster
from deploy.tongxin.process import User, unprivileged, until

pytestmark = [
    pytest.mark.servers,
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else"),
]

READY_S = 240.0


def linked(source: Path, target: Path) -> Path:
    """A copy that takes no time where it lies on the same disk."""
    shutil.copytree(source, target, copy_function=_link, ignore=shutil.ignore_patterns("*.pyc"))
    return target


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.fixture
def closed(place: Path) -> Iterator[Home]:
    """A data directory where nobody else may go."""
    folder = place / "closed"
    folder.mkdir(mode=0o700)
    home = Home(folder / "checkout" / ".data")
    yield home
    shutil.rmtree(home.elsewhere())


async def test_root_keeps_the_data_elsewhere_when_the_checkout_is_closed_to_others(
    closed: Home,
) -> None:
    wheel = find_installation()
    package = wheel.bin.parents[1]
    site = closed.data.parents[1] / "site-packages"
    linked(package, site / package.name)
    linked(package.with_name(f"{package.name}.libs"), site / f"{package.name}.libs")

    cluster = Cluster(closed, Installation(site / package.name / "pginstall/bin", wheel.major))
    cluster.prepare()
    cluster.start_and_wait()
    try:
        connection = await asyncpg.connect(cluster.dsn())
        assert str(cluster.data) == await connection.fetchval("SHOW data_directory")
        await connection.close()
    finally:
        cluster.stop()
    assert cluster.data.is_relative_to(closed.elsewhere())
    assert cluster.found.bin.is_relative_to(closed.elsewhere())


@pytest.fixture
def python(place: Path) -> Path:
    """Our Python with all that is installed, where an ordinary user can run it."""
    base = Path(sys.base_prefix)
    if not reachable(base / "bin"):
        heavy = shutil.ignore_patterns("test", "idlelib", "site-packages", "*.pyc", "*.a")
        shutil.copytree(base, place / "python", symlinks=True, ignore=heavy)
        base = place / "python"
    name = Path(sys.executable).resolve().name
    venv = place / "venv"
    env = {**os.environ, "LD_LIBRARY_PATH": str(base / "lib")}
    subprocess.run([base / "bin" / name, "-m", "venv", "--without-pip", venv], env=env, check=True)
    packages = Path(asyncpg.__file__).parents[1]
    if not reachable(packages / "asyncpg"):
        packages = linked(packages, place / "packages")
    (own,) = venv.glob("lib/python*/site-packages")
    (own / "elsewhere.pth").write_text(str(packages))
    _link(str(Path(sys.executable).with_name("nats-server")), str(venv / "bin/nats-server"))
    return venv / "bin" / "python"


def checkout_of(user: User, place: Path) -> Path:
    """A checkout that belongs to a user."""
    checkout = place / "theirs"
    for part in ("deploy", "services", "shared"):
        shutil.copytree(ROOT / part, checkout / part, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (checkout, *checkout.rglob("*")):
        os.chown(path, user.uid, user.gid)
    return checkout


def test_an_ordinary_user_runs_it_and_owns_what_it_writes(python: Path, place: Path) -> None:
    user = unprivileged()
    assert user
    checkout = checkout_of(user, place)
    env = {"LD_LIBRARY_PATH": str(place / "python/lib"), "LANG": "C.UTF-8"}
    with (place / "theirs.log").open("wb") as log:
        up = subprocess.Popen(
            [python, "-m", "deploy.tongxin", "up", "--no-demo"],
            user=user.uid,
            group=user.gid,
            extra_groups=[],
            cwd=checkout,
            env=env,
            stdout=log,
            stderr=log,
        )
        home = Home(checkout / ".data")
        try:
            assert until(lambda: bool((read_json(home.run_file) or {}).get("ready_in")), READY_S), (
                place / "theirs.log"
            ).read_text()
        finally:
            up.send_signal(signal.SIGINT)
            assert 0 == up.wait(READY_S)
    assert {user.uid} == {path.stat().st_uid for path in home.data.rglob("*")}
