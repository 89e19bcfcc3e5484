"""The numbers of core/web/bounds/numbers.py are those of deploy/, `make run`, README and docs."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from core.web.bounds import numbers
from local.supervisor.plan import HOST, site_plan
from tests.local.processes import PROJECT_DIR

NGINX_CONF = (PROJECT_DIR / "deploy" / "nginx.conf").read_text()
README = (PROJECT_DIR / "README.md").read_text()


@pytest.mark.parametrize(
    "line",
    [
        f"zone=site_requests:10m rate={numbers.REQUESTS_A_SECOND}r/s;",
        f"limit_req zone=site_requests burst={numbers.REQUESTS_BURST} nodelay;",
        f"limit_conn site_at_once {numbers.REQUESTS_AT_ONCE};",
        f"limit_conn site_at_once {numbers.FILES_AT_ONCE};",
        f"max_conns={numbers.PROXY_CONNECTIONS} ",
        f"client_header_timeout {numbers.HEADER_SECONDS}s;",
        f"client_body_timeout {numbers.BODY_SECONDS}s;",
        f"send_timeout {numbers.SEND_SECONDS}s;",
        f"proxy_read_timeout {numbers.ANSWER_SECONDS}s;",
        f"client_max_body_size {numbers.FORM_BYTES};",
        f"client_max_body_size {numbers.UPLOAD_BYTES};",
        f"add_header Retry-After {numbers.RETRY_AFTER} always;",
    ],
)
def test_nginx_has_the_number(line):
    assert line in NGINX_CONF


def test_nginx_has_no_other_number_for_any_of_them():
    found = re.findall(r"(?:client_max_body_size|burst|limit_conn site_at_once|_timeout)[ =](\d+)", NGINX_CONF)
    ours = {"20", "10", "60", "5", "100", "30", str(numbers.FORM_BYTES), str(numbers.UPLOAD_BYTES)}
    assert set(found) <= ours


def test_what_nginx_lets_through_the_web_server_accepts():
    assert numbers.PROXY_CONNECTIONS < numbers.BACKPRESSURE
    assert numbers.WEB_THREADS < numbers.BACKPRESSURE


def test_the_site_takes_what_nginx_lets_through():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == numbers.FORM_BYTES
    assert settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE == numbers.PICTURE_BYTES < numbers.UPLOAD_BYTES


def test_make_run_has_the_shape_of_production_with_one_process():
    plan = site_plan(8123)
    assert plan.web == numbers.web_command(HOST, 8123, processes=1)
    production = numbers.web_command(HOST, 8123)
    differing = [(run, served) for run, served in zip(plan.web, production, strict=True) if run != served]
    assert differing == [("1", str(numbers.WEB_PROCESSES))]


def test_the_units_and_the_readme_start_the_same_commands():
    for name, command in (("site-web", "serve"), ("site-worker", "work")):
        assert f"python manage.py {command}\n" in (PROJECT_DIR / "deploy" / f"{name}.service").read_text()
        assert f"python manage.py {command} " in README
    for name in ("WEB_PROCESSES", "WEB_THREADS", "JOB_WORKERS"):
        assert f"`{name}`" in README


@pytest.mark.parametrize(("name", "value"), [("WEB_THREADS", "2"), ("WEB_PROCESSES", "many"), ("JOB_WORKERS", "-1")])
def test_a_wrong_number_is_named(name, value):
    run = subprocess.run(
        [sys.executable, "-c", "import core.web.bounds.numbers"],
        env={**os.environ, "PYTHONPATH": "site", name: value},
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
    )
    assert run.returncode
    assert f"{name}={value}: a whole number from" in run.stderr


def test_the_numbers_need_no_django():
    code = "import sys, core.web.bounds.numbers; sys.exit('django' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "site"}, cwd=PROJECT_DIR, check=True)
