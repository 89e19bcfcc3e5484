"""Sends by SMTP, also to addresses with letters of any script (RFC 6531), which Django 5.2 mangles."""

from __future__ import annotations

import smtplib
from email.generator import BytesGenerator
from email.policy import SMTPUTF8
from io import BytesIO

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend as DjangoEmailBackend

from core.languages.mail_addresses import domain_in_ascii


class NoLettersBeforeTheAt(Exception):
    """The mail server does not offer SMTPUTF8, and the address needs it."""


class EmailBackend(DjangoEmailBackend):
    """Django's, for mails to one address: its domain in ASCII; letters before the @ as they are, by SMTPUTF8.

    Raises NoLettersBeforeTheAt where the mail server does not offer that, and UnicodeError for an impossible domain.
    """

    def _send(self, email_message: EmailMessage) -> bool:
        email_message.to = [domain_in_ascii(address) for address in email_message.to]
        if all(map(str.isascii, email_message.to)):
            return bool(super()._send(email_message))  # type: ignore[misc]  # Django's, not in its stubs
        assert self.connection is not None  # Opened by send_messages, which calls this.
        self.connection.ehlo_or_helo_if_needed()
        if not self.connection.has_extn("smtputf8"):
            raise NoLettersBeforeTheAt
        self._send_as_utf8(email_message, self.connection)
        return True

    def _send_as_utf8(self, email_message: EmailMessage, connection: smtplib.SMTP) -> None:
        """The header `To` with the letters themselves (RFC 6532): Django would write them as an encoded word."""
        message = email_message.message()
        message.replace_header("To", ", ".join(email_message.to))
        written = BytesIO()
        BytesGenerator(written, policy=SMTPUTF8).flatten(message)
        sender = str(message["From"])
        options = ["SMTPUTF8", "BODY=8BITMIME"]
        connection.sendmail(sender, email_message.to, written.getvalue(), mail_options=options)
