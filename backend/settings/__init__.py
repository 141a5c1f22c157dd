"""Django's settings: the environment's values, and the choices that are the same everywhere."""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from backend.settings import environment
from backend.settings.databases import database
from backend.settings.environment import read
from backend.settings.mail import mail

environment.refuse_problems()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = environment.data_folder()

SECRET_KEY = environment.secret_key(DATA_DIR)
DEBUG = False
PUBLIC_URL = (read("PUBLIC_URL") or f"http://{read('HOST')}:{read('PORT')}").rstrip("/")
IS_HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [str(urlsplit(PUBLIC_URL).hostname), "localhost", "127.0.0.1", "[::1]"]
TRUSTED_PROXIES = int(read("TRUSTED_PROXIES"))

INSTALLED_APPS = [
    "backend.overview",
    "backend.programfile",
    "workstreams",
    "programs",
    "notifications",
    "core",
    "core.accounts",
    "core.audit",
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
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "core.access.AccessMiddleware",
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
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

_MAIL = mail(read("EMAIL_URL"))
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
REMINDER_WEEKDAYS = read("REMINDER_WEEKDAYS")
TRACKER_CLOCK_OFFSET = int(read("TRACKER_CLOCK_OFFSET"))
AMBIGUOUS_EMAIL = read("AMBIGUOUS_EMAIL")

REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_MODEL": "knox.AuthToken"}
