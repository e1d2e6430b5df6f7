"""What is secret may lie in files, as compose, Kubernetes and systemd hand it over."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

READ = """
from deploy.tongxin.home import Home
from deploy.tongxin.servers import Servers
from services.portal.edge.serve import PortalSettings
from shared.runtime.settings import Settings
home = Home.of_checkout()
print(Settings().pg_dsn.get_secret_value(), Settings().nats_password.get_secret_value())
print(PortalSettings().port, Servers(home).admin_dsn, home.password("pg-topics"))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Secrets as files, each ending with a line's end as editors leave it."""
    secrets = {
        "tongxin_pg_dsn": "postgresql://from/file",
        "tongxin_nats_password": "from-file",
        "tongxin_portal_port": "8081",
        "pg-topics": "role-from-file",
    }
    for name, secret in secrets.items():
        (tmp_path / name).write_text(f"{secret}\n")
    return tmp_path


def read(folder: Path, **variables: str) -> list[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("TONGXIN_")}
    env = {**bare, "TONGXIN_SECRETS": str(folder), **variables}
    told = subprocess.run([sys.executable, "-c", READ], env=env, capture_output=True, check=True)
    return told.stdout.decode().split()


def test_secrets_are_read_from_the_folder_that_is_named(folder: Path) -> None:
    dsn = "postgresql://from/file"
    assert [dsn, "from-file", "8081", dsn, "role-from-file"] == read(folder)


def test_a_variable_is_preferred_to_a_file(folder: Path) -> None:
    found = read(folder, TONGXIN_PG_DSN="postgresql://from/env")
    assert ["postgresql://from/env", "from-file"] == found[:2]


def test_an_empty_variable_is_none(folder: Path) -> None:
    assert "from-file" == read(folder, TONGXIN_NATS_PASSWORD="")[1]
