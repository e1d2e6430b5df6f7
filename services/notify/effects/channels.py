"""The ways out of the platform: which are configured, and what each of them can be asked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings

from services.notify.words.channels import Channel
from shared.runtime.settings import told_by


@dataclass(frozen=True)
class Message:
    """What goes out. `again`: the one before it, with the same id, may have arrived."""

    id: UUID
    to: str
    subject: str
    lines: tuple[str, ...]
    link: str
    settings_link: str
    again: bool


class NotTaken(Exception):
    """A channel did not take a message. `told` is safe to be written down.

    `permanent`: the same message will never be taken. `unsure`: it may have been, unsaid.
    """

    def __init__(self, told: str, *, permanent: bool = False, unsure: bool = False) -> None:
        super().__init__(told)
        self.told = told
        self.permanent = permanent
        self.unsure = unsure


class Wire(Protocol):
    """One way out."""

    channel: Channel
    per_minute: int

    async def send(self, message: Message) -> str:
        """What the other side answered. Raises NotTaken."""


class NotifySettings(BaseSettings):
    """Every field is read from the environment as TONGXIN_NOTIFY_<FIELD>."""

    model_config = told_by("TONGXIN_NOTIFY_")

    channels: Path | None = None
    """A TOML file with a table for each channel there is: [email], [sms], [wecom], [dingtalk],
    [webhook]. It holds credentials: only the service should be able to read it."""

    site: str = "http://127.0.0.1:8080"
    """Where people enter; messages link there."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    per_minute: int = Field(default=60, ge=1, le=6000)
    timeout_s: float = Field(default=15, gt=0, le=60)


class EmailTable(_Table):
    """An SMTP server that relays for us."""

    host: str
    port: int = Field(ge=1, le=65535)
    security: Literal["starttls", "tls", "plain"] = "starttls"
    ca_file: Path | None = None
    user: str = ""
    password: SecretStr = SecretStr("")
    sender: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    sender_name: str = "同心"


class GatewayTable(_Table):
    """An HTTP gateway. The address itself may be a credential: robots carry their key in it."""

    url: SecretStr
    secret: SecretStr = SecretStr("")


class Table(BaseModel):
    """The whole file. What is wrong with it is said without what it says: that may be a key."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    email: EmailTable | None = None
    sms: GatewayTable | None = None
    wecom: GatewayTable | None = None
    dingtalk: GatewayTable | None = None
    webhook: GatewayTable | None = None
