"""An authority of our own, and what it vouches for: the names under which NATS is reached."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from deploy.tongxin.home import write_private
from shared.runtime import clock

AUTHORITY_DAYS, SERVER_DAYS = 3650, 825
RENEWED_DAYS = 90
"""A certificate is made anew where it is good for less."""

KEY, CERTIFICATE = "ca.key", "ca.crt"


@dataclass(frozen=True)
class Certified:
    """A server's certificate and its key, and whom to trust to believe it; each as PEM."""

    certificate: str
    key: str
    authority: str


def certify(folder: Path, server: Path, names: Sequence[str]) -> Certified:
    """The certificate that lies in `server`, or a new one where it is old or for other names.

    The authority lies in `folder`, made on first use.
    """
    key, authority = _authority(folder)
    trusted = _pem(authority)
    known = server / "tls.crt"
    if known.exists() and (server / "tls.key").exists():
        text = known.read_text("utf-8")
        if _is_good(x509.load_pem_x509_certificate(text.encode()), authority, names):
            return Certified(text, (server / "tls.key").read_text("utf-8"), trusted)
    own = ec.generate_private_key(ec.SECP256R1())
    made = (
        _begun(_named(names[0]), own.public_key(), SERVER_DAYS)
        .issuer_name(authority.subject)
        .add_extension(x509.SubjectAlternativeName(_alternatives(names)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    return Certified(_pem(made), _pem(own), trusted)


def _authority(folder: Path) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    if (folder / KEY).exists():
        kept = serialization.load_pem_private_key((folder / KEY).read_bytes(), None)
        assert isinstance(kept, ec.EllipticCurvePrivateKey)
        return kept, x509.load_pem_x509_certificate((folder / CERTIFICATE).read_bytes())
    key, name = ec.generate_private_key(ec.SECP256R1()), _named("Tongxin NATS")
    made = (
        _begun(name, key.public_key(), AUTHORITY_DAYS)
        .issuer_name(name)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_SIGNS, critical=True)
        .sign(key, hashes.SHA256())
    )
    write_private(folder / CERTIFICATE, _pem(made))
    write_private(folder / KEY, _pem(key))
    return key, made


_SIGNS = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def _begun(name: x509.Name, key: ec.EllipticCurvePublicKey, days: int) -> x509.CertificateBuilder:
    now = clock.now()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _is_good(one: x509.Certificate, authority: x509.Certificate, names: Sequence[str]) -> bool:
    said = one.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return (
        one.issuer == authority.subject
        and set(said) == set(_alternatives(names))
        and one.not_valid_after_utc > clock.now() + timedelta(days=RENEWED_DAYS)
    )


def _alternatives(names: Sequence[str]) -> list[x509.GeneralName]:
    return [_alternative(name) for name in dict.fromkeys(names)]


def _alternative(name: str) -> x509.GeneralName:
    with suppress(ValueError):
        return x509.IPAddress(ip_address(name))
    return x509.DNSName(name)


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(what: x509.Certificate | ec.EllipticCurvePrivateKey) -> str:
    if isinstance(what, x509.Certificate):
        return what.public_bytes(serialization.Encoding.PEM).decode()
    return what.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
