"""Django's settings: the environment's values, and the choices that are the same everywhere."""

from fractions import Fraction
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from backend.settings import environment, values
from backend.settings.accounts import ACCOUNT_ADAPTER as ACCOUNT_ADAPTER
from backend.settings.accounts import ACCOUNT_CHANGE_EMAIL as ACCOUNT_CHANGE_EMAIL
from backend.settings.accounts import ACCOUNT_EMAIL_SUBJECT_PREFIX as ACCOUNT_EMAIL_SUBJECT_PREFIX
from backend.settings.accounts import ACCOUNT_EMAIL_VERIFICATION as ACCOUNT_EMAIL_VERIFICATION
from backend.settings.accounts import ACCOUNT_LOGIN_METHODS as ACCOUNT_LOGIN_METHODS
from backend.settings.accounts import ACCOUNT_SESSION_REMEMBER as ACCOUNT_SESSION_REMEMBER
from backend.settings.accounts import ACCOUNT_SIGNUP_FIELDS as ACCOUNT_SIGNUP_FIELDS
from backend.settings.accounts import ACCOUNT_USER_MODEL_USERNAME_FIELD as ACCOUNT_USER_MODEL_USERNAME_FIELD
from backend.settings.accounts import AUTH_PASSWORD_VALIDATORS as AUTH_PASSWORD_VALIDATORS
from backend.settings.accounts import AUTHENTICATION_BACKENDS as AUTHENTICATION_BACKENDS
from backend.settings.accounts import MFA_SUPPORTED_TYPES as MFA_SUPPORTED_TYPES
from backend.settings.accounts import MFA_TOTP_ISSUER as MFA_TOTP_ISSUER
from backend.settings.accounts import PASSWORD_HASHERS as PASSWORD_HASHERS
from backend.settings.api import API_RATES as API_RATES
from backend.settings.api import KNOX_TOKEN_MODEL as KNOX_TOKEN_MODEL
from backend.settings.api import MIGRATION_MODULES as MIGRATION_MODULES
from backend.settings.api import REST_FRAMEWORK as REST_FRAMEWORK
from backend.settings.api import REST_KNOX as REST_KNOX
from backend.settings.api import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from backend.settings.databases import database
from backend.settings.environment import read
from backend.settings.figures import CONFIDENCE_BOUNDS as CONFIDENCE_BOUNDS
from backend.settings.figures import CONFIDENCE_STANDS_DAYS as CONFIDENCE_STANDS_DAYS
from backend.settings.figures import HIGH_ANSWER_PERCENT as HIGH_ANSWER_PERCENT
from backend.settings.figures import HIGH_RISK_SCORE as HIGH_RISK_SCORE
from backend.settings.figures import PARITY_ALERT as PARITY_ALERT
from backend.settings.figures import RECENT_PROMISES_DAYS as RECENT_PROMISES_DAYS
from backend.settings.figures import SPONSOR_ENGAGEMENT_DAYS as SPONSOR_ENGAGEMENT_DAYS
from backend.settings.languages import has_catalogue
from backend.settings.logs import DJANGO_STRUCTLOG_IP_LOGGING_ENABLED as DJANGO_STRUCTLOG_IP_LOGGING_ENABLED
from backend.settings.logs import DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL as DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL
from backend.settings.logs import LOGGING as LOGGING
from backend.settings.mail import mail_settings
from backend.settings.security import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY
from backend.settings.security import PERMISSIONS_POLICY as PERMISSIONS_POLICY
from backend.settings.security import YEAR_IN_SECONDS

environment.refuse_problems()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = environment.data_folder()

SECRET_KEY = environment.secret_key(DATA_DIR)
DEBUG = False
HOST = read("HOST")
PORT = int(read("PORT"))
PUBLIC_URL = (read("PUBLIC_URL") or f"http://{HOST}:{PORT}").rstrip("/")
IS_HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [str(urlsplit(PUBLIC_URL).hostname), "localhost", "127.0.0.1", "[::1]"]
TRUSTED_PROXIES = int(read("TRUSTED_PROXIES"))

# Ours come first: core's `migrate` is the one that runs.
PRODUCT_APPS = [
    "backend.overview",
    "backend.programfile",
    "assessments",
    "workstreams",
    "programs",
    "notifications",
    "core",
    "core.accounts",
    "core.audit",
]
INSTALLED_APPS = [
    *PRODUCT_APPS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_standardized_errors",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    # The plain configurations: the loaders are written out below instead of being patched in.
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_structlog",
]

MIDDLEWARE = [
    "core.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.accounts.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.logs.RequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.HtmxMessagesMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "core.access.AccessMiddleware",
    "core.refusals.RefusalMiddleware",
    "core.middleware.ButtonAddressMiddleware",
]

ROOT_URLCONF = "backend.urls"
WSGI_APPLICATION = "backend.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.shell",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                        ),
                    ],
                ),
            ],
            "builtins": ["django_cotton.templatetags.cotton", "template_partials.templatetags.partials"],
        },
    },
]

DATABASES = {"default": database(read("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.redis_url(DATA_DIR)
_REDIS_CACHE = {
    "BACKEND": "core.cache.ForgivingRedisCache",
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
}
CACHES = {
    "default": _REDIS_CACHE if REDIS_URL else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# What browsers are told besides the policies; HTTPS is known from PUBLIC_URL, and proxies are believed where trusted.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = YEAR_IN_SECONDS if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en"
# People and files may wish for any of these.
WISHED_LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese"))]
LOCALE_PATHS = [BASE_DIR / "core" / "locale"]
# Pages and mails are in those that have a catalogue; the checks let no catalogue land that leaves a message out.
LANGUAGES = [
    (code, name) for code, name in WISHED_LANGUAGES if code == LANGUAGE_CODE or has_catalogue(LOCALE_PATHS[0], code)
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

_MAIL = mail_settings(read("EMAIL_URL"))
EMAIL_BACKEND = _MAIL.backend
EMAIL_HOST = _MAIL.host
EMAIL_PORT = _MAIL.port
EMAIL_HOST_USER = _MAIL.user
EMAIL_HOST_PASSWORD = _MAIL.password
EMAIL_USE_TLS = _MAIL.is_starttls
EMAIL_USE_SSL = _MAIL.is_tls
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = read("MAIL_FROM")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

REMINDER_HOUR = int(read("REMINDER_HOUR"))
REMINDER_WEEKDAYS = values.weekdays(read("REMINDER_WEEKDAYS"))
TRACKER_CLOCK_OFFSET = int(read("TRACKER_CLOCK_OFFSET"))
AMBIGUOUS_EMAIL = read("AMBIGUOUS_EMAIL")

# Below this distance from what was expected, a measure is behind.
BEHIND_TOLERANCE = Fraction(int(read("BEHIND_PERCENT")), 100)
