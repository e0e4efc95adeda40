"""What every answer of the house carries, and what one says apart from its one-time token."""

import re

GUARDS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


def guards(answer):
    """The guard headers that `answer` carries; equal to GUARDS when all is well."""
    return {name: answer.headers.get(name) for name in GUARDS}


def plain(answer):
    """The bytes of an answer without the one-time token of its forms."""
    return re.sub(rb"[A-Za-z0-9]{64}", b"", answer.content)
