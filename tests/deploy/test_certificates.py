"""Certificates for NATS: made once, renewed when names or time ask for it, or brought along."""

from pathlib import Path

import pytest
from cryptography import x509

from deploy.ship import keys


def made(folder: Path, *more: str) -> tuple[str, str]:
    """The certificate of the server, and that of the authority that services are handed."""
    keys.main([str(folder), "--nats", "nats", *more])
    certificate = (folder / "nats/tls.crt").read_text("utf-8")
    told = {
        (folder / part / "tongxin_nats_ca").read_text("utf-8") for part in ("topics", "migrate")
    }
    (authority,) = told
    return certificate, authority


def test_a_certificate_names_every_name_and_was_vouched_for(tmp_path: Path) -> None:
    certificate, authority = made(tmp_path, "--door", "nats.example")
    one, above = (x509.load_pem_x509_certificate(pem.encode()) for pem in (certificate, authority))
    one.verify_directly_issued_by(above)
    names = one.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert ["nats.example", "nats", "localhost"] == names.get_values_for_type(x509.DNSName)
    assert ["127.0.0.1"] == [str(ip) for ip in names.get_values_for_type(x509.IPAddress)]


def test_made_again_it_stays_and_for_another_name_only_the_authority_does(tmp_path: Path) -> None:
    first = made(tmp_path)
    assert first == made(tmp_path)
    more = made(tmp_path, "--door", "nats.example")
    assert (first[0] != more[0], first[1]) == (True, more[1])


def test_a_certificate_that_is_brought_along_is_used(tmp_path: Path) -> None:
    for name in ("cert", "key", "ca"):
        (tmp_path / name).write_text(f"the {name}")
    brought = [
        word for name in ("cert", "key", "ca") for word in (f"--{name}", str(tmp_path / name))
    ]
    assert ("the cert", "the ca") == made(tmp_path / "secrets", *brought)
    assert not (tmp_path / "secrets/ca.key").exists()
    with pytest.raises(SystemExit):
        made(tmp_path / "secrets", *brought[:2])


def test_a_server_listens_to_outside_only_where_there_is_a_door(tmp_path: Path) -> None:
    keys.main([str(tmp_path)])
    assert '"listen": "127.0.0.1:4222"' in (tmp_path / "nats/server.conf").read_text("utf-8")
    keys.main([str(tmp_path), "--door", "nats.example"])
    assert '"listen": "0.0.0.0:4222"' in (tmp_path / "nats/server.conf").read_text("utf-8")
