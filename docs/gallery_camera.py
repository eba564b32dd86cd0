"""Takes pictures of pages with a headless browser, and of the first sheet of a workbook."""

import base64
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

PACKAGES = {
    "chromium": "chromium",
    "chromedriver": "chromium-driver",
    "soffice": "libreoffice-calc",
    "pdftoppm": "poppler-utils",
}
"""Programs that are needed, and the Debian packages that have them."""

WIDTH, HEIGHT = 1200, 900
"""The window, in pixels; a picture is as wide as the part of the page that it shows."""

SECONDS = 60
"""Longest wait for a page."""

SHEET_DENSITY = 84
"""Pixels per inch of the picture of a sheet."""

FIRST_PAGE = 'pdf:calc_pdf_Export:{"PageRange":{"type":"string","value":"1"}}'


def lacking() -> list[str]:
    """What has to be installed first, each as the command that does so."""
    packages = [package for program, package in PACKAGES.items() if shutil.which(program) is None]
    found = [f"apt-get install {' '.join(packages)}"] if packages else []
    try:
        import selenium  # noqa: F401  # only whether it is there
    except ImportError:
        found.append("pip install selenium")
    return found


class Camera:
    """A headless browser that takes pictures of pages; to be used in a `with` statement."""

    def __enter__(self) -> "Camera":
        from selenium.webdriver import Chrome, ChromeOptions
        from selenium.webdriver.chrome.service import Service

        options = ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
            options.add_argument(argument)
        self._browser = Chrome(options=options, service=Service(shutil.which("chromedriver")))
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        self._browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.quit()

    def take(self, page: Path, part: str, height: int, picture: Path) -> None:
        """Take a picture of a part of a page, a CSS selector, down to a height; blank: the top of the page.

        Raises `LookupError` where the page has no such part.
        """
        from selenium.webdriver.support.ui import WebDriverWait

        self._browser.get(page.resolve().as_uri())
        ready = "return document.documentElement.dataset.ready"
        WebDriverWait(self._browser, SECONDS).until(lambda shown: shown.execute_script(ready))
        box: dict[str, float] | None = {"x": 0, "y": 0, "width": WIDTH, "height": height}
        if part:
            box = self._browser.execute_script(
                """
                const part = document.querySelector(arguments[0]);
                if (!part) return null;
                const {x, y, width, height} = part.getBoundingClientRect();
                const above = part.matches('section') ? -24 : 12;  // a section begins with blank room
                return {x: x + scrollX - 12, y: y + scrollY - above, width: width + 24, height: height + 12 + above};
                """,
                part,
            )
        if box is None:
            raise LookupError(f"{page} has no part {part}")
        clip: dict[str, Any] = {**box, "height": min(box["height"], height), "scale": 1}
        made = self._browser.execute_cdp_cmd(
            "Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True, "clip": clip}
        )
        picture.write_bytes(base64.b64decode(made["data"]))


def take_sheet(workbook: Path, picture: Path) -> None:
    """Take a picture of the first page of a workbook, as LibreOffice prints it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        convert = ["soffice", home, "--headless", "--convert-to", FIRST_PAGE, "--outdir", str(folder), str(workbook)]
        subprocess.run(convert, check=True, capture_output=True)
        drawn = folder / "page"
        paper = folder / f"{workbook.stem}.pdf"
        density = str(SHEET_DENSITY)
        subprocess.run(
            ["pdftoppm", "-png", "-singlefile", "-f", "1", "-l", "1", "-r", density, str(paper), str(drawn)], check=True
        )
        shutil.copyfile(drawn.with_suffix(".png"), picture)
