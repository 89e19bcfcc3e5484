"""Draw the SVG files again from their scripts in art/prints: `python art/draw.py bread oud`, or all without a name.

Needs the packages of art/requirements.txt, in an environment of its own, and Debian's fonts-noto-core for the letters.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

ART = Path(__file__).resolve().parent
# `core.design.weave` makes the cloth of the sleeves.
sys.path[:0] = [str(ART / "press"), str(ART.parent / "site")]


def main() -> None:
    os.chdir(ART)
    for name in sys.argv[1:] or sorted(file.stem for file in (ART / "prints").glob("*.py")):
        runpy.run_path(str(ART / "prints" / f"{name}.py"))
        size = (ART / f"{name}.svg").stat().st_size
        sys.stdout.write(f"{name}.svg {size:,} bytes\n")


if __name__ == "__main__":
    main()
