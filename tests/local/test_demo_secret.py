"""The demo's secret key is made once, whole, and by one process only."""

import subprocess
import sys
from pathlib import Path

from local.demo_secret import demo_secret
from tests.local.processes import PROJECT_DIR


def test_it_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    made = demo_secret(tmp_path / "var")
    assert len(made) > 50
    assert demo_secret(tmp_path / "var") == made
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_have_the_same(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from local.demo_secret import demo_secret; print(demo_secret(pathlib.Path(sys.argv[1])))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=PROJECT_DIR / "site", stdout=subprocess.PIPE)
        for _ in range(8)
    ]
    assert len({process.communicate()[0] for process in started}) == 1
