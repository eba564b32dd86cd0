"""The zip file of a saved result: members with fixed dates, and a manifest with the sha256 of each.

Equal members make equal files, byte for byte, wherever the same zlib packs them.
"""

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from reports.saved_result.values import Unreadable, as_json, parsed
from reports.whole_file import whole_file

FORMAT = "countyplan result"
VERSION = 1
MANIFEST = "manifest.json"

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the earliest that a zip file can have."""

LEVEL = 6
"""How hard zlib tries."""


class UnreadableResult(ValueError):
    """A file is no saved result, or a damaged, changed or later one; the message is one sentence with its name."""


def write_archive(path: Path, members: Mapping[str, str]) -> None:
    """Write the members, after a manifest of them. An existing file is replaced only by a finished one."""
    contents = {name: text.encode("utf-8") for name, text in members.items()}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    manifest = as_json({"format": FORMAT, "version": VERSION, "members": hashes}, indent=2) + "\n"
    with whole_file(path) as unfinished, ZipFile(unfinished, "w") as archive:
        for name, content in {MANIFEST: manifest.encode("utf-8"), **contents}.items():
            archive.writestr(_described(name), content, ZIP_DEFLATED, LEVEL)


def read_archive(path: Path) -> Mapping[str, str]:
    """The members that the manifest names, each found as it was written. Raises `UnreadableResult`."""
    try:
        with ZipFile(path) as archive:
            return _members(archive)
    except FileNotFoundError:
        raise UnreadableResult(f"there is no file '{path}'") from None
    except OSError as error:
        raise UnreadableResult(f"'{path}' cannot be read: {error.strerror or error}") from None
    except BadZipFile as error:
        raise UnreadableResult(f"'{path}' is no saved result, or a damaged one: {error}") from None
    except (zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError) as error:
        raise UnreadableResult(f"'{path}' is damaged: {error}") from None
    except Unreadable as wrong:
        raise UnreadableResult(f"'{path}' {wrong}") from None


def members_named(path: Path) -> Sequence[str] | None:
    """Names of the members of a saved result of whatever version, damaged or not; None for any other file."""
    try:
        with ZipFile(path) as archive:
            _manifest(archive)
            return archive.namelist()
    except (OSError, BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        return None


def _described(name: str) -> ZipInfo:
    member = ZipInfo(name, BEGINNING)
    member.create_system = 3
    member.external_attr = 0o644 << 16
    return member


def _manifest(archive: ZipFile) -> Mapping[str, object]:
    if MANIFEST not in archive.namelist():
        raise Unreadable(f"is no saved result: it has no {MANIFEST}")
    manifest = parsed(archive.read(MANIFEST).decode("utf-8"))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Unreadable(f"is no saved result: its {MANIFEST} is of something else")
    return manifest


def _members(archive: ZipFile) -> Mapping[str, str]:
    manifest = _manifest(archive)
    version, hashes = manifest.get("version"), manifest.get("members")
    if isinstance(version, int) and version > VERSION:
        raise Unreadable(
            f"was saved by a later version of the program, in format {version}; this one reads up to format {VERSION}"
        )
    if version != VERSION or not isinstance(hashes, dict):
        raise Unreadable(f"is damaged: its {MANIFEST} is not as it should be")
    present = set(archive.namelist())
    found = {}
    for name, expected in hashes.items():
        if name not in present:
            raise Unreadable(f"is damaged: its {name} is missing")
        content = archive.read(name)
        if hashlib.sha256(content).hexdigest() != expected:
            raise Unreadable(f"has been changed since it was saved: its {name} is not as the {MANIFEST} says")
        found[name] = content.decode("utf-8")
    return found
