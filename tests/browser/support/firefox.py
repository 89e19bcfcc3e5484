"""Drives the installed Firefox by Marionette, the protocol behind geckodriver: JSON over a socket.

Playwright needs a Firefox that it has built itself, and geckodriver comes neither from Debian nor from PyPI.
https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.local.processes import wait_until

# The program, or None where there is no Firefox.
FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of an element's number (WebDriver, section 12)
# Seconds; Firefox itself gives up a page that does not load after 300.
LONGEST_ANSWER = 330
PREFERENCES = {
    "marionette.port": 0,  # any free one, which Firefox writes into its profile
    "intl.accept_languages": "ar",
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
# Errors of scripts and of the content security policy in Firefox's own console; arguments[0]: a page's address.
ERRORS = """
return Services.console.getMessageArray().filter(message => message instanceof Ci.nsIScriptError)
  .filter(message => message.sourceName.startsWith(arguments[0]) || message.errorMessage.includes(arguments[0]))
  .filter(message => !(message.flags & Ci.nsIScriptError.warningFlag))
  .map(message => `${message.sourceName}:${message.lineNumber} ${message.errorMessage}`)"""


class Firefox:
    """A headless browser: `with Firefox(profile) as firefox: firefox.go(url)`. `profile`: an empty folder."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.number = 0

    def __enter__(self) -> Firefox:
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (self.profile / "user.js").write_text("\n".join(lines))
        self.process = subprocess.Popen(
            [str(FIREFOX), "--headless", "--marionette", "--remote-allow-system-access", "--profile", self.profile],
            env=os.environ | {"HOME": str(self.profile)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            port = self.profile / "MarionetteActivePort"
            wait_until(lambda: self.process.poll() is not None or (port.exists() and port.read_text()), "Firefox")
            self.socket = socket.create_connection(("127.0.0.1", int(port.read_text())), timeout=LONGEST_ANSWER)
            self.received = self.socket.makefile("rb")
            self._read()  # the greeting
            self.ask("WebDriver:NewSession")
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()

    # --- The protocol -----------------------------------------------------------------------------------------------
    def _read(self) -> Any:
        """One message: its length in bytes, a colon, JSON."""
        length = b""
        while not length.endswith(b":"):
            length += self.received.read(1)
        return json.loads(self.received.read(int(length[:-1])))

    def ask(self, command: str, **parameters: Any) -> Any:
        """The result of a command. Fails with Firefox's own words."""
        self.number += 1
        message = json.dumps([0, self.number, command, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _kind, _number, error, result = self._read()
        assert not error, f"{command} {parameters}: {error}"
        return result

    # --- What a visitor does ----------------------------------------------------------------------------------------
    def go(self, url: str) -> None:
        self.ask("WebDriver:Navigate", url=url)

    def element(self, selector: str) -> str:
        found = self.ask("WebDriver:FindElement", using="css selector", value=selector)
        return str(found["value"][ELEMENT])

    def text(self, selector: str) -> str:
        """The rendered text."""
        return str(self.ask("WebDriver:GetElementText", id=self.element(selector))["value"])

    def click(self, selector: str) -> None:
        """Click the middle of an element; returns when the page behind it is loaded. Fails if it is covered."""
        self.ask("WebDriver:ElementClick", id=self.element(selector))

    def write(self, selector: str, words: str) -> None:
        """Type into a field, behind its text."""
        self.ask("WebDriver:ElementSendKeys", id=self.element(selector), text=words)

    def run(self, script: str, *arguments: Any, file: str = "test") -> Any:
        """What a script returns in the page. `file`: the address that its errors name."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=arguments, filename=file)["value"]

    def errors_of(self, address: str) -> list[str]:
        """Errors of scripts and of the content security policy that name an address beginning so."""
        self.ask("Marionette:SetContext", value="chrome")
        found: list[str] = self.run(ERRORS, address)
        self.ask("Marionette:SetContext", value="content")
        return found
