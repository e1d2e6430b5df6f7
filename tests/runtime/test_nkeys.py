"""Account keys and JWTs as NATS writes them."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shared.runtime.nkeys import Issuer, NotASeed, claims_in, new_seed

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_a_seed_begins_as_seeds_of_accounts_do() -> None:
    assert new_seed().startswith("SA")
    assert new_seed() != new_seed()
    assert Issuer(new_seed()).public.startswith("A")


def test_the_same_seed_is_the_same_key() -> None:
    seed = new_seed()
    assert Issuer(seed).public == Issuer(seed).public


@pytest.mark.parametrize(
    "text",
    ["", "SA", "not base 32", Issuer(new_seed()).public, "B" + new_seed()[1:], new_seed()[:-1]],
)
def test_what_is_no_seed_is_refused(text: str) -> None:
    with pytest.raises(NotASeed):
        Issuer(text)


def test_one_wrong_letter_is_noticed() -> None:
    seed = new_seed()
    wrong = seed[:20] + ("A" if seed[20] != "A" else "B") + seed[21:]
    with pytest.raises(NotASeed):
        Issuer(wrong)


def test_a_jwt_says_who_signed_and_when_and_its_signature_holds() -> None:
    issuer = Issuer(new_seed())
    jwt = issuer.sign({"sub": "somebody"}, NOW)
    claims = claims_in(jwt.encode())
    assert ("somebody", issuer.public, int(NOW.timestamp())) == (
        claims["sub"],
        claims["iss"],
        claims["iat"],
    )
    body, _, signature = jwt.rpartition(".")
    raw = issuer._key.public_key().public_bytes_raw()
    Ed25519PublicKey.from_public_bytes(raw).verify(
        urlsafe_b64decode(signature + "=" * (-len(signature) % 4)), body.encode()
    )


@pytest.mark.parametrize("text", [b"", b"a.b", b"a.bnVsbA.c"])
def test_what_is_no_jwt_claims_nothing(text: bytes) -> None:
    with pytest.raises(ValueError, match="JWT"):
        claims_in(text)
