"""Other ways to a host: the other scheme, with or without www., the TLS of old servers. What worked is remembered.

Servers on ports 80 and 443 of loopback addresses of their own, names from a table: where those ports may not be opened, the tests say
so. May import: crawl_site, crawl_run, govnews.
"""

from __future__ import annotations

import datetime
import ssl
from pathlib import Path

import pytest
from crawl_run import Archive, crawl_with
from crawl_site import County, Server, Story, days, write_site
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

SITE = "990905"


def county(host: str) -> County:
    return County(host=host, stories=[Story(1000 + n, day) for n, day in enumerate(days(3))], rows=10)


def listen(site: County, address: str, port: int, tls: ssl.SSLContext | None = None) -> Server:
    try:
        return Server(site.answer, address=address, port=port, tls=tls)
    except PermissionError:
        pytest.skip(f"port {port} may not be opened here")


def certificate(folder: Path, host: str) -> tuple[Path, Path]:
    """A self-signed one, as old servers have."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=2))
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, plain)
    )
    return paths


def context(folder: Path, host: str, *, old: bool = False) -> ssl.SSLContext:
    out = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if old:
        out.minimum_version, out.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1
        out.set_ciphers("ALL:@SECLEVEL=0")
    out.load_cert_chain(*certificate(folder, host))
    return out


def crawled(folder: Path, site: County, names: dict[str, str], scheme: str = "http", **more: object) -> Archive:
    write_site(folder / "sites", SITE, site, family="vsb", scheme=scheme)
    done = crawl_with(folder, [SITE], names=names, **more)
    assert done.returncode == 0, done.stderr
    archive = Archive(folder / "a.db")
    assert archive.one("SELECT count(*) FROM articles") == 3, done.stdout + done.stderr
    return archive


def test_https_in_the_directory_and_http_on_the_host(tmp_path: Path) -> None:
    site = county("www.jiuzhi.test")
    with listen(site, "127.0.0.81", 80) as server:
        names = {site.host: "127.0.0.81"}
        archive = crawled(tmp_path, site, names, scheme="https")
        assert set(server.asked()) == site.paths()
        keys = archive.column("SELECT url_key FROM articles")
        assert all(not key.startswith("http") for key in keys)
        server.clear()
        crawled(tmp_path, site, names, scheme="https", hours=1)
        assert [a.path for a in server.log] == ["/robots.txt", "/xw.htm"], "the way is known: nothing is tried again"
        learned = archive.one("SELECT learned FROM sites")
        assert f'"https://{site.host}"' in learned and f'"http://{site.host}"' in learned


def test_a_name_that_has_lost_its_www(tmp_path: Path) -> None:
    site = county("www.jiuming.test")
    with listen(site, "127.0.0.82", 80) as server:
        crawled(tmp_path, site, {"jiuming.test": "127.0.0.82"})
        assert {a.host for a in server.log} == {"jiuming.test"}


def test_the_tls_of_an_old_server(tmp_path: Path) -> None:
    site = county("www.jiujiami.test")
    with listen(site, "127.0.0.83", 443, context(tmp_path, site.host, old=True)) as server:
        crawled(tmp_path, site, {site.host: "127.0.0.83"}, scheme="https")
        assert set(server.asked()) == site.paths()


def test_plain_tls_with_a_certificate_nobody_signed(tmp_path: Path) -> None:
    site = county("www.putong.test")
    with listen(site, "127.0.0.84", 443, context(tmp_path, "another.name")) as server:
        archive = crawled(tmp_path, site, {site.host: "127.0.0.84"}, scheme="https")
        assert set(server.asked()) == site.paths()
        assert archive.one("SELECT learned FROM sites") == "{}"
