"""Reading members of the source archives without unpacking them to disk."""

from __future__ import annotations

import io
import json
import pickle
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def zip_bytes(path: Path, member: str) -> bytes:
    """Return one member of a zip file or wheel."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(member)


def zip_json(path: Path, member: str) -> Any:
    """Return one JSON member of a zip file or wheel."""
    return json.loads(zip_bytes(path, member))


def tar_members(path: Path, prefix: str, suffix: str = "") -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield name and lines of the members of a tar.gz whose name starts and ends so, in archive order.

    Lines must be used up before the next member is asked for: the archive is read as a stream.
    """
    with tarfile.open(path, "r|gz") as archive:
        yield from _matching(archive, prefix, suffix)


def deb_members(path: Path, prefix: str, suffix: str = "") -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield name and lines of the files of a Debian package whose path starts and ends so."""
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(path)], stdout=subprocess.PIPE) as process:
        with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
            yield from _matching(archive, prefix, suffix)
        if process.stdout is not None:
            process.stdout.read()


def _matching(archive: tarfile.TarFile, prefix: str, suffix: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    for member in archive:
        name = member.name.removeprefix("./")
        if member.isfile() and name.startswith(prefix) and name.endswith(suffix):
            file = archive.extractfile(member)
            if file is not None:
                yield name, iter(file)


class DataUnpickler(pickle.Unpickler):
    """An unpickler for plain data: any class or function in the stream is an error."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        """Refuse: plain lists, strings and numbers need no class."""
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is not plain data")


def unpickle_data(content: bytes) -> Any:
    """Read a pickle that holds plain data only, without running any code of it."""
    return DataUnpickler(io.BytesIO(content)).load()
