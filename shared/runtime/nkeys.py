"""Keys and tokens as NATS knows them: an Ed25519 account key, and JWTs signed with it.

A key is written in base32 with a kind before it and a checksum (CRC-16/XMODEM) behind it; `nk` and
`nsc` read and make the same: a seed begins with SA, a public account key with A.
"""

import os
from base64 import b32decode, b32encode, urlsafe_b64decode, urlsafe_b64encode
from binascii import crc_hqx
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ACCOUNT = 0
SEED = 18 << 3
KEY_BYTES = 32
CHECK_BYTES = 2

Claims = dict[str, Any]


class NotASeed(ValueError):
    """The text is no seed of an account key."""


def new_seed() -> str:
    """The seed of a new account key. Whoever has it can let anybody in."""
    return _written(bytes((SEED, ACCOUNT)) + os.urandom(KEY_BYTES))


class Issuer:
    """An account key that signs. Raises NotASeed."""

    def __init__(self, seed: str) -> None:
        raw = _read(seed)
        if len(raw) != 2 + KEY_BYTES or raw[:2] != bytes((SEED, ACCOUNT)):
            raise NotASeed("this is not the seed of an account key")
        self._key = Ed25519PrivateKey.from_private_bytes(raw[2:])
        public = self._key.public_key().public_bytes_raw()
        self.public = _written(bytes((ACCOUNT,)) + public)
        """Its public key, as the configuration of a server names it."""

    def sign(self, claims: Claims, now: datetime) -> str:
        """A JWT with these claims, said by us at this moment."""
        told = {**claims, "iss": self.public, "iat": int(now.timestamp())}
        told["jti"] = b32encode(sha256(orjson.dumps(told)).digest()).decode().rstrip("=")
        head = _url({"typ": "JWT", "alg": "ed25519-nkey"})
        body = f"{head}.{_url(told)}"
        return f"{body}.{_text(self._key.sign(body.encode()))}"


def claims_in(jwt: bytes) -> Claims:
    """What a JWT claims. Its signature is not looked at: only for what the server itself sent.

    Raises ValueError.
    """
    parts = jwt.split(b".")
    if len(parts) != 3:
        raise ValueError("not a JWT")
    claims = orjson.loads(urlsafe_b64decode(parts[1] + b"=" * (-len(parts[1]) % 4)))
    if not isinstance(claims, dict):
        raise ValueError("a JWT without claims")  # noqa: TRY004 - it is what was sent that is wrong
    return claims


def _url(told: Claims) -> str:
    return _text(orjson.dumps(told))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _written(raw: bytes) -> str:
    check = crc_hqx(raw, 0).to_bytes(CHECK_BYTES, "little")
    return b32encode(raw + check).decode().rstrip("=")


def _read(text: str) -> bytes:
    try:
        raw = b32decode(text + "=" * (-len(text) % 8))
    except ValueError as error:
        raise NotASeed("this is not base32") from error
    told, check = raw[:-CHECK_BYTES], raw[-CHECK_BYTES:]
    if crc_hqx(told, 0).to_bytes(CHECK_BYTES, "little") != check:
        raise NotASeed("the checksum of the seed is wrong")
    return told
