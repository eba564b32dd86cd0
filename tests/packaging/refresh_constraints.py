"""Writes constraints.txt: the newest versions that pyproject.toml allows, for each line of PuLP.

PuLP 4 needs Python 3.12, so the versions are settled once on 3.11 and once on 3.12. What both agree
on is one line; what they do not is a line for each, with a marker.
"""

import json
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARKERS = {"3.11": 'python_version < "3.12"', "3.12": 'python_version >= "3.12"'}
HEADER = """\
# Versions that the tests are run with. `make constraints` writes this file anew.
"""


def newest_versions(python: str, folder: Path) -> dict[str, str]:
    """What pip would install into an empty environment of this interpreter, by package."""
    report = folder / "report.json"
    resolve = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--dry-run", "--report", report]
    subprocess.run([python, "-m", "venv", folder], check=True)
    subprocess.run([*resolve, f"{ROOT}[test]"], check=True)
    packages = [entry["metadata"] for entry in json.loads(report.read_text(encoding="utf-8"))["install"]]
    return {package["name"].lower().replace("_", "-"): package["version"] for package in packages}


def constraint_lines(found: dict[str, dict[str, str]]) -> list[str]:
    """A line for each package, or one for each Python where its versions differ."""
    lines = []
    for package in sorted(set().union(*found.values()) - {"countyplan"}):
        versions = {python: versions[package] for python, versions in found.items() if package in versions}
        if len(versions) == len(found) and len(set(versions.values())) == 1:
            lines.append(f"{package}=={next(iter(versions.values()))}")
        else:
            lines += [f"{package}=={version}; {MARKERS[python]}" for python, version in versions.items()]
    return lines


def main() -> None:
    found = {}
    for version in MARKERS:
        finder = ["sh", ROOT / "tests" / "packaging" / "find_python.sh", version]
        python = subprocess.run(finder, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        with tempfile.TemporaryDirectory() as folder:
            found[version] = newest_versions(python, Path(folder))
    lines = constraint_lines(found)
    (ROOT / "constraints.txt").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
