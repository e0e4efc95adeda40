"""Every switch of the house. Each comes from the environment; secrets also from NAME_FILE. docs/settings.md lists them.

A setting that would be unsafe stops the start with a sentence that names the fix.
"""

import os
import secrets
import stat
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    """The variable NAME, or what stands in the file that NAME_FILE names, or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as problem:
            raise ImproperlyConfigured(f"{name}_FILE is {path}, which cannot be read ({problem.strerror}).") from None
    return os.environ.get(name, default)


# "demo" holds invented people and opens without passwords; "real" starts empty. Never both in one data folder.
HOUSE = env("KIT_HOUSE", "real")
if HOUSE not in {"demo", "real"}:
    raise ImproperlyConfigured("KIT_HOUSE must be demo or real.")

DATA_DIR = Path(env("DATA_DIR") or BASE_DIR / "data" / HOUSE).resolve()
PORT = env("PORT", "8000")
if not PORT.isdecimal() or not 0 < int(PORT) < 65536:
    raise ImproperlyConfigured("PORT must be a number from 1 to 65535, like PORT=8123.")
# Where people reach the house; links and allowed hosts come from it alone, never from a request's headers.
SITE_URL = env("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
try:
    _site = urlsplit(SITE_URL)
    _whole = bool(_site.hostname) and _site.scheme in {"http", "https"} and not _site.path and _site.port != 0
except ValueError:
    _whole = False
if not _whole:
    raise ImproperlyConfigured("SITE_URL must be a whole address without a path, like https://kit.example.org.")
IS_LOOPBACK = _site.hostname in {"127.0.0.1", "localhost", "::1"}
IS_HTTPS = _site.scheme == "https"
if HOUSE == "demo" and not IS_LOOPBACK:
    raise ImproperlyConfigured(
        "The demo opens without passwords, so it runs on this machine only. For others: ./run serve"
    )
if not IS_HTTPS and not IS_LOOPBACK:
    raise ImproperlyConfigured(f"SITE_URL is {SITE_URL}: outside this machine it must start with https://.")

DEBUG = env("KIT_DEBUG") == "1"
if DEBUG and not IS_LOOPBACK:
    raise ImproperlyConfigured("KIT_DEBUG shows secrets on error pages: take it out, or use a loopback SITE_URL.")


def _secret_key() -> str:
    if key := env("SECRET_KEY"):
        return key
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(stat.S_IRUSR | stat.S_IWUSR)
        path.write_text(secrets.token_urlsafe(60))
    return path.read_text().strip()


try:
    SECRET_KEY = _secret_key()
except OSError as problem:
    sys.exit(
        f"The data folder {DATA_DIR} cannot be written ({problem.strerror}). Choose another: DATA_DIR=/some/folder ./run"
    )
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SECRET_KEY is too short: use at least 50 random characters, or leave it out and one is made."
    )

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if IS_LOOPBACK else [_site.hostname]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "foundation",
    "accounts",
    "questions",
    "plans",
    "interviews",
    "committee",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    # First, so that static files and refusals from further in carry the same headers as pages.
    "foundation.http.guard_headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages; static files are compressed beforehand. Why that is safe here: docs/decisions/0017.
    "django.middleware.gzip.GZipMiddleware",
    "accounts.middleware.leave_newer_sign_in",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "foundation.http.RequireSignIn",
    "accounts.middleware.in_own_zone",
    "foundation.http.RefusalPage",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "interviewkit.urls"
WSGI_APPLICATION = "interviewkit.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "foundation.templatetags.kit"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.house",
            ],
        },
    },
]

try:
    _database = dict(dj_database_url.parse(env("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'kit.sqlite3'}"))
except ValueError:
    _database = {}
if _database.get("ENGINE") not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
    raise ImproperlyConfigured("DATABASE_URL must be like postgres://user:password@host/name, or left out for SQLite.")
DATABASES: dict[str, dict[str, Any]] = {"default": _database}
DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # FULL: what was acknowledged survives a power cut. IMMEDIATE: a writer waits its turn instead of failing.
    # WAL is set once, after migrate; no mmap: with it a database was destroyed under load.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA synchronous=FULL;",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
# Work for later lies in the same database, so that it is queued exactly when what makes it due is written.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", **options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"OPTIONS": {"min_length": 10}}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
PASSWORD_RESET_TIMEOUT = 72 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accounts.adapter.KitAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
BEHIND_PROXY = env("BEHIND_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Limits on tries are counted per visitor's address, which a proxy alone can tell; without it all would share one.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
# A pasted 3 MB must reach the form, whose limit answers beside the field; beyond this the server refuses.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_ZONE = env("DEFAULT_ZONE", "UTC")
PAPER = env("PAPER", "A4")
if PAPER not in {"A4", "Letter"}:
    raise ImproperlyConfigured("PAPER must be A4 or Letter.")
# A packet goes by the candidate's code alone, unless the house wants names on it too.
PACKET_NAMES = env("PACKET_NAMES") == "1"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Our own folder only: no page uses what the packages bring along.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
# Filled whenever the house is made ready. Not in the checkout, which may be read-only.
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "interviewkit.storage.HashedFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
