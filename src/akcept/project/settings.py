"""One settings file; everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from email.utils import parseaddr
from pathlib import Path

from akcept.project import logs
from akcept.project.env import MAIL_IN, Environment, is_address, wrong

env = Environment(os.environ)
ROOMS = Path(__file__).resolve().parent.parent

# Where it stands and who may come in
AKCEPT_HOME = env.folder("AKCEPT_HOME", default="var")
AKCEPT_PORT = env.whole("AKCEPT_PORT", default=8000, lowest=1, highest=65535)
AKCEPT_DEMO = env.flag("AKCEPT_DEMO", default=True)
_base = env.base_url("AKCEPT_BASE_URL", default=f"http://localhost:{AKCEPT_PORT}")
_https = _base.scheme == "https"
AKCEPT_BASE_URL = _base.geturl().rstrip("/")
SECRET_KEY = env.secret_key("AKCEPT_SECRET_KEY", kept_in=AKCEPT_HOME / "secret_key")
DEBUG = False
ALLOWED_HOSTS = [_base.hostname or "", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [AKCEPT_BASE_URL]
ROOT_URLCONF = "akcept.project.urls"
WSGI_APPLICATION = "akcept.project.wsgi.application"

INSTALLED_APPS = [
    "akcept.project",
    "akcept.journal",
    "akcept.files",
    "akcept.company",
    "akcept.people",
    "akcept.doctypes",
    "akcept.parties",
    "akcept.routes",
    "akcept.cases",
    "akcept.intake",
    "akcept.delivery",
    "akcept.web",
    "akcept.api",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "ninja",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "akcept.project.middleware.ContentPolicy",
    "akcept.project.middleware.RequestLog",
    "akcept.api.middleware.ProblemJson",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "akcept.web.middleware.SetUpFirst",
    "akcept.project.middleware.PersonLocale",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# Rows. One connection a thread is kept open; every request asks once whether it still lives.
# Never ATOMIC_REQUESTS: with IMMEDIATE transactions every page view would take SQLite's write lock.
DATABASES = {"default": env.database("DATABASE_URL", default=AKCEPT_HOME / "akcept.sqlite3")}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that the limits on log-in attempts hold over all processes.
CACHES = {
    "default": {
        "BACKEND": "akcept.project.cache.Cache",
        "LOCATION": "project_cache",
        # Of more than this a third is forgotten, whoever it counts: tries under many names must not reach so far.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Files
STORAGES = {
    "default": env.storage("AKCEPT_STORAGE_URL", folder=AKCEPT_HOME / "files"),
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = ROOMS.parent.parent / "staticfiles"
UPLOAD_LIMIT_MB = env.whole("AKCEPT_UPLOAD_LIMIT_MB", default=50, lowest=1, highest=1024)
UPLOAD_LIMIT_BYTES = UPLOAD_LIMIT_MB * 1024 * 1024

# Letters
EMAIL_FILE_PATH = str(AKCEPT_HOME / "mail")
MAIL = env.mail("AKCEPT_MAIL_URL")
MAIL_IS_SENT = "EMAIL_HOST" in MAIL
globals().update(MAIL)
EMAIL_TIMEOUT = 20
AKCEPT_CHANNELS = {
    "MAIL": "akcept.delivery.channels.mail.Mail",
    "PUSH": "akcept.delivery.channels.push.Push",
}
DEFAULT_FROM_EMAIL = env.text(
    "AKCEPT_MAIL_FROM",
    example="akcept@example.com",
    default=f"akcept@{_base.hostname}",
)
if not is_address(DEFAULT_FROM_EMAIL):
    raise wrong("AKCEPT_MAIL_FROM", example="akcept@example.com", reason="is no address")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where answers to letters come in: <name>+<token>@<host> has to be piped to `akcept mail-in`.
AKCEPT_MAIL_IN = env.text("AKCEPT_MAIL_IN", example="akcept@example.com")
if AKCEPT_MAIL_IN and not MAIL_IN.fullmatch(AKCEPT_MAIL_IN):
    raise wrong("AKCEPT_MAIL_IN", example="akcept@example.com", reason="is no plain address")
# Where invoices come in: <name>@<host> and <name>+<token>@<host> have to be piped there, too.
AKCEPT_INTAKE = env.text("AKCEPT_INTAKE", example="invoices@example.com")
if AKCEPT_INTAKE and not MAIL_IN.fullmatch(AKCEPT_INTAKE):
    raise wrong("AKCEPT_INTAKE", example="invoices@example.com", reason="is no plain address")
if AKCEPT_INTAKE and AKCEPT_INTAKE.lower() == AKCEPT_MAIL_IN.lower():
    raise wrong(
        "AKCEPT_INTAKE",
        example="invoices@example.com",
        reason="is where answers go (AKCEPT_MAIL_IN)",
    )
# The mail server whose word on a sender (Authentication-Results) counts; without it nobody's does.
AKCEPT_MAIL_VERIFIER = env.text("AKCEPT_MAIL_VERIFIER", example="mx.example.com").lower()
# Whom push services may write to about our pushes.
AKCEPT_CONTACT = parseaddr(DEFAULT_FROM_EMAIL)[1]
AKCEPT_PUSH_KEY = env.push_key("AKCEPT_PUSH_KEY", kept_in=AKCEPT_HOME / "push_key")
# Hosts of the company's own network that may be called all the same.
AKCEPT_PRIVATE_HOSTS = env.hosts("AKCEPT_PRIVATE_HOSTS")

# People
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["akcept.project.login.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_ENGINE = "akcept.project.sessions"
MESSAGE_STORAGE = "akcept.web.messages.Newest"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "akcept.project.login.Adapter"
ACCOUNT_FORMS = {"reset_password": "akcept.project.login.ResetForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "akcept.project.login.display"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
# Else anybody could have letters sent to any address of the world.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False

# Words
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = sorted(ROOMS.glob("*/locale"))
LOGGING_CONFIG = None
logs.configure()

# Safety. TLS ends at the proxy in front, which has to set X-Forwarded-Proto and -For itself.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
# Limits on log-in attempts count by address: the one the proxy saw, or with none the one that calls.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _https else 0
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
X_FRAME_OPTIONS = "DENY"
# W005, W021: whether all other hosts of a company's domain speak TLS is not for Akcept to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
