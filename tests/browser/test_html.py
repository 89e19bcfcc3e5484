"""The W3C's checker finds no error in the HTML of any page."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.browser.support.stops import ERROR_PAGES, STOPS, STYLEGUIDE, Stops

VNU_JAR = os.environ.get("VNU_JAR", "")


@pytest.mark.skipif(not VNU_JAR, reason="VNU_JAR is not set: no Java or no checker here (tests/run says which)")
def test_the_html_of_every_page_is_right(stops: Stops, tmp_path: Path) -> None:
    for kind, language in [*STOPS, *STYLEGUIDE]:
        html = stops.html(kind, language)
        (tmp_path / f"{kind}.{language}.html").write_text(html, encoding="utf-8")
    for path in ["/styleguide/", "/ar/styleguide/schemes/", *ERROR_PAGES]:
        (tmp_path / f"{path.replace('/', '.')}html").write_text(stops.fetch(path), encoding="utf-8")
    checked = subprocess.run(
        ["java", "-jar", VNU_JAR, "--errors-only", "--format", "json", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    messages = json.loads(checked.stderr)["messages"]
    found = [f"{Path(m['url']).name}:{m.get('lastLine')} {m['message']} {m.get('extract', '')}" for m in messages]
    assert found == []
