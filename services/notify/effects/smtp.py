"""E-mail: one message to an SMTP server, and what its answers mean."""

import ssl
from email.message import EmailMessage
from email.policy import SMTP as LINES
from email.utils import format_datetime, formataddr
from html import escape

import aiosmtplib
from aiosmtplib import errors

from services.notify.effects.channels import EmailTable, Message, NotTaken
from services.notify.words.channels import Channel
from shared.runtime import clock

DOMAIN_OF_IDS = "notice.tongxin"
OURS = (errors.SMTPAuthenticationError, errors.SMTPNotSupported)
"""Faults of our own configuration: no message is to blame, so it is tried again."""


class Email:
    """The relay of a deployment. A connection for each message: no state that could go stale."""

    channel: Channel = "email"

    def __init__(self, table: EmailTable) -> None:
        self._table = table
        self.per_minute = table.per_minute

    async def send(self, message: Message) -> str:
        """See `Wire`."""
        client = self._client()
        handed_over = False
        try:
            await client.connect()
            if self._table.user:
                await client.login(self._table.user, self._table.password.get_secret_value())
            await client.mail(self._table.sender)
            await client.rcpt(message.to)
            handed_over = True
            answer = await client.data(written(message, self._table))
        except errors.SMTPResponseException as no:
            permanent = no.code >= 500 and not isinstance(no, OURS)
            raise NotTaken(f"SMTP {no.code}", permanent=permanent) from no
        except (errors.SMTPException, OSError, ssl.SSLError) as lost:
            # Once the text is on its way, silence says nothing about its arrival.
            raise NotTaken(type(lost).__name__, unsure=handed_over) from lost
        finally:
            client.close()
        return f"SMTP {answer.code}"

    def _client(self) -> aiosmtplib.SMTP:
        table = self._table
        trusted = ssl.create_default_context(cafile=table.ca_file)
        return aiosmtplib.SMTP(
            hostname=table.host,
            port=table.port,
            timeout=table.timeout_s,
            use_tls=table.security == "tls",
            start_tls=table.security == "starttls",
            tls_context=None if table.security == "plain" else trusted,
        )


def written(message: Message, table: EmailTable) -> bytes:
    """The message as it goes over the wire; a repeat has the same Message-ID, and says so."""
    mail = EmailMessage(policy=LINES)
    mail["Subject"] = " ".join(message.subject.split())
    mail["From"] = formataddr((table.sender_name, table.sender))
    mail["To"] = message.to
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{message.id}@{DOMAIN_OF_IDS}>"
    mail["List-Unsubscribe"] = f"<{message.settings_link}>"
    mail["Auto-Submitted"] = "auto-generated"
    if message.again:
        mail["X-Tongxin-Repeat"] = "yes"
    mail.set_content("\n\n".join([*message.lines, message.link]) + "\n")
    said = "".join(f"<p>{escape(line)}</p>" for line in message.lines)
    link = escape(message.link, quote=True)
    body = f'{said}<p><a href="{link}">{link}</a></p>'
    mail.add_alternative(f'<html lang="zh-CN"><body>{body}</body></html>', subtype="html")
    return mail.as_bytes()
