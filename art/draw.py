"""Draw the SVG files again from their scripts in art/prints: `python art/draw.py bread oud`, or all without a name.

Needs the packages of art/requirements.txt, in an environment of its own, and Debian's fonts-noto-core for the letters.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ART = Path(__file__).resolve().parent


def main() -> None:
    # `core.design.weave` makes the cloth of the sleeves.
    paths = os.pathsep.join([str(ART / "press"), str(ART.parent / "site")])
    for name in sys.argv[1:] or sorted(file.stem for file in (ART / "prints").glob("*.py")):
        # In a process of its own: a print changes the kit's settings.
        script = [sys.executable, str(ART / "prints" / f"{name}.py")]
        subprocess.run(script, cwd=ART, env=os.environ | {"PYTHONPATH": paths}, check=True)
        size = (ART / f"{name}.svg").stat().st_size
        sys.stdout.write(f"{name}.svg {size:,} bytes\n")


if __name__ == "__main__":
    main()
