"""Make the demo's pictures from the drawings in this folder: `make tools`, then `.venv/bin/python art/render.py`.

Chromium draws each SVG file in its light colours; the PNG file has 64 colours, as flat inks need no more. Give names to
draw only some: `art/render.py bread oud`. CHROMIUM names a browser, if Playwright's own is not installed.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

DRAWINGS = Path(__file__).parent
PICTURES = DRAWINGS.parent / "demo" / "content" / "pictures"
# The drawings' own units, and how many pixels each becomes.
WIDTH, HEIGHT, SCALE = 800, 1000, 1.6
COLOURS = 64
STYLE = f"<style>* {{ margin: 0 }} svg {{ display: block; width: {WIDTH}px; height: {HEIGHT}px }}</style>"


def main() -> None:
    names = sys.argv[1:] or sorted(file.stem for file in DRAWINGS.glob("*.svg"))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE)
        for name in names:
            render(page, name)


def render(page: Page, name: str) -> None:
    """Write the picture `name`.png from `name`.svg."""
    page.set_content(STYLE + (DRAWINGS / f"{name}.svg").read_text())
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    file = PICTURES / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    sys.stdout.write(f"{file.name} {file.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
