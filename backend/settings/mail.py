"""EMAIL_URL to Django's mail settings; without one, mail is kept in the database and shown to staff."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import environ

KEPT = "notifications.channels.email.kept.KeptBackend"
DEFAULT_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465, "smtps": 465}
# Ports on which a session starts in plain text and is then encrypted.
STARTTLS_PORTS = (25, 587)


@dataclass(frozen=True)
class Mail:
    """What Django needs to know to send mail."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    is_starttls: bool = False
    is_tls: bool = False


def mail_settings(url: str) -> Mail:
    """Return the mail settings of a URL.

    smtp:// is plain text, smtp+tls:// is STARTTLS, smtp+ssl:// is TLS from the first byte. smtps:// is always
    encrypted: by STARTTLS on the ports that expect it, else from the first byte.
    """
    if not url:
        return Mail(backend=KEPT)
    config = environ.Env.email_url_config(url)
    scheme = urlsplit(url).scheme
    port = config["EMAIL_PORT"] or DEFAULT_PORTS[scheme]
    is_starttls = scheme == "smtp+tls" or (scheme == "smtps" and port in STARTTLS_PORTS)
    return Mail(
        backend=config["EMAIL_BACKEND"],
        host=config["EMAIL_HOST"],
        port=port,
        user=config["EMAIL_HOST_USER"] or "",
        password=config["EMAIL_HOST_PASSWORD"] or "",
        is_starttls=is_starttls,
        is_tls=scheme in ("smtp+ssl", "smtps") and not is_starttls,
    )
