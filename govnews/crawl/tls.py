"""TLS for old servers: low security levels and old renegotiation, used for a host only after a TLS error.

A modern server may hang under such a handshake, so it is never the first try (cms-families.md §8). Certificates are not what the
archive's evidence rests on; Scrapy does not verify them either. May import: OpenSSL, Twisted.
"""

from __future__ import annotations

from typing import Any

from OpenSSL import SSL
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

_LEGACY_SERVER_CONNECT = 0x4
"""SSL_OP_LEGACY_SERVER_CONNECT: servers without secure renegotiation."""


@implementer(IPolicyForHTTPS)
class OldServers:
    """The policy for such hosts."""

    def creatorForNetloc(self, hostname: bytes, port: int) -> OldServer:  # noqa: ARG002 - the interface has it
        return OldServer(hostname)


@implementer(IOpenSSLClientConnectionCreator)
class OldServer:
    """Makes the connection to one of them."""

    def __init__(self, hostname: bytes) -> None:
        self.hostname = hostname

    def clientConnectionForTLS(self, protocol: Any) -> SSL.Connection:  # noqa: ARG002 - the interface has it
        context = SSL.Context(SSL.TLS_CLIENT_METHOD)
        context.set_min_proto_version(SSL.TLS1_VERSION)
        context.set_cipher_list(b"ALL:@SECLEVEL=0")
        context.set_options(_LEGACY_SERVER_CONNECT)
        connection = SSL.Connection(context, None)
        connection.set_tlsext_host_name(self.hostname)
        return connection
