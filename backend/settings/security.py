"""What browsers are told: the content security policy and the permissions policy, the same everywhere."""

# Nothing inline, nothing from elsewhere, no eval; `data:` pictures carry QR codes.
CONTENT_SECURITY_POLICY: dict[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

YEAR_IN_SECONDS = 365 * 24 * 60 * 60
