"""Settings: the environment only, parsed strictly; SQLite by default, PostgreSQL by one variable."""

from __future__ import annotations

import os
import pkgutil
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from bonphuong import families
from bonphuong.config import environment as env

PACKAGE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.data_dir()

DEBUG = env.flag("BONPHUONG_DEBUG", default=False)
SECRET_KEY = env.secret(DATA_DIR / "keys" / "secret.key", "BONPHUONG_SECRET_KEY")
# Keys of restricted fields live outside the database: a stolen copy of it shows no passport.
BONPHUONG_KEYS = DATA_DIR / "keys" / "fields.json"
ALLOWED_HOSTS = env.names("BONPHUONG_HOSTS", default="localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("BONPHUONG_ORIGINS", default="")

FAMILY_APPS = sorted(
    f"{families.__name__}.{module.name}" for module in pkgutil.iter_modules(families.__path__)
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    "bonphuong.kernel",
    "bonphuong.trail",
    "bonphuong.reference",
    "bonphuong.accounts",
    "bonphuong.parties",
    "bonphuong.papers",
    "bonphuong.notices",
    "bonphuong.together",
    "bonphuong.procedures",
    "bonphuong.ledger",
    "bonphuong.records",
    "bonphuong.kit",
    *FAMILY_APPS,
    "bonphuong.intake",
    "bonphuong.contributions",
    "bonphuong.indicators",
    "bonphuong.search",
    "bonphuong.reader",
    "bonphuong.reports",
    "bonphuong.exchange",
    "bonphuong.web.desk",
    "bonphuong.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Above WhiteNoise, so that styles and scripts go compressed too: the line into the mountains is slow.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bonphuong.web.desk.middleware.LanguageMiddleware",
    "bonphuong.web.desk.middleware.PlainAddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bonphuong.web.desk.middleware.RequestIdMiddleware",
    "bonphuong.web.desk.unsaved.UnsavedMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "bonphuong.config.urls"
WSGI_APPLICATION = "bonphuong.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bonphuong.web.desk.context.shell",
            ],
        },
    },
]

# Where the administrator's own backup writes to; looked at, never written.
BACKUP_DIR = env.text("BONPHUONG_BACKUPS")

DATABASES: dict[str, dict[str, Any]] = {"default": env.database(DATA_DIR)}

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Charts that were drawn: shared by all processes of the machine, and safe to remove at any time.
    "drawings": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "drawings",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:home"
# Counting by name AND address: a stranger who guesses cannot lock the officer out of their own desk.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "desk/locked.html"
AXES_VERBOSE = False

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
USE_I18N = True
# The packages' own catalogues are found by themselves; this package is no app.
LOCALE_PATHS = [PACKAGE_DIR / "config" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_COOKIE_NAME = "language"
# What the command line says; the pages follow each person's own choice.
COMMAND_LANGUAGE = env.choice("BONPHUONG_LANG", "vi", choices=("vi", "en"))

# Mail: files in the data directory until a server is named.
EMAIL_BACKEND, MAIL_SERVER = env.mail()
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL_SERVER.ssl, MAIL_SERVER.starttls
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env.text("BONPHUONG_MAIL_FROM", "Bốn Phương <bonphuong@localhost>")
# Where people open the pages: for the links in mail and in calendars.
DESK_ADDRESS = env.text("BONPHUONG_ADDRESS", "http://localhost:8000").rstrip("/")

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_PERMISSIONS = 0o600

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = env.flag("BONPHUONG_HTTPS", default=False)
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

os.environ.setdefault("TZ", TIME_ZONE)
