"""A certificate authority that lives for a test, and what it signs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from soundscape.clock import MachineClock

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files of an authority and of a server that it vouches for.

    Attributes
    ----------
    ca_file : Path
        The authority's certificate.
    file, key_file : Path
        The server's certificate and its key.
    """

    ca_file: Path
    file: Path
    key_file: Path


def certificates_for(address: str, folder: Path) -> Certificates:
    """Make an authority and a server's certificate for an address, for about a day."""
    folder.mkdir(mode=0o755, exist_ok=True)
    ca_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    made = Certificates(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    ca = _builder("Authority of a test", "Authority of a test", ca_key.public_key())
    constraints = x509.BasicConstraints(ca=True, path_length=0)
    usage = x509.KeyUsage(**_USAGE | {"key_cert_sign": True, "crl_sign": True})
    ca = ca.add_extension(constraints, critical=True).add_extension(usage, critical=True)
    ca = ca.add_extension(_subject_key(ca_key), critical=False)
    server = _builder("Authority of a test", "Broker of a test", key.public_key())
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
    server = server.add_extension(names, critical=False)
    by = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    server = server.add_extension(by, critical=False)
    for path, builder in ((made.ca_file, ca), (made.file, server)):
        path.write_bytes(builder.sign(ca_key, hashes.SHA256()).public_bytes(Encoding.PEM))
    made.key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for path in (made.ca_file, made.file, made.key_file):
        path.chmod(0o644)  # the broker gives root up before it reads them
    return made


_USAGE = dict.fromkeys(
    (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    ),
    False,
)  # fmt: skip


def _builder(issuer: str, subject: str, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.fromisoformat(MachineClock().wall_time())
    return x509.CertificateBuilder(
        issuer_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]),
        subject_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]),
        public_key=key,
        serial_number=x509.random_serial_number(),
        not_valid_before=now - A_DAY,
        not_valid_after=now + A_DAY,
    )


def _subject_key(key: ec.EllipticCurvePrivateKey) -> x509.SubjectKeyIdentifier:
    return x509.SubjectKeyIdentifier.from_public_key(key.public_key())
