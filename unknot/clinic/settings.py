"""Django's settings. Secrets and choices come from the environment (UNKNOT_...), see
docs/how-to/settings.md; nothing here needs editing to run."""

from __future__ import annotations

import os
from pathlib import Path

from .database import from_url, sqlite, use_mended_sqlite
from .keys import load_or_make

SQLITE_VERSION = use_mended_sqlite()

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent.parent


def _data_dir() -> Path:
    given = os.environ.get("UNKNOT_DATA_DIR")
    if given:
        return Path(given).expanduser().resolve()
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / "var"
    return Path.home() / ".local" / "share" / "unknot"


DATA_DIR = _data_dir()
DATA_DIR.mkdir(parents=True, exist_ok=True)
DEBUG = os.environ.get("UNKNOT_DEBUG") == "1"
SECRET_KEY = load_or_make("secret_key", DATA_DIR)
AUDIT_KEY = load_or_make("audit_key", DATA_DIR).encode()
AUDIT_ANCHORS = DATA_DIR / "audit-anchors"
ALLOWED_HOSTS = os.environ.get("UNKNOT_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("UNKNOT_ORIGINS", "").split(",") if o]
HTTPS = os.environ.get("UNKNOT_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "unknot.clinic.apps.Clinic",
]

MIDDLEWARE = [
    "unknot.clinic.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "unknot.clinic.ui.static_files.Middleware",
    "unknot.clinic.middleware.CompressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "unknot.clinic.access.middleware.ActorMiddleware",
    "unknot.clinic.middleware.DeviceMiddleware",
]

ROOT_URLCONF = "unknot.clinic.urls"
ASGI_APPLICATION = "unknot.clinic.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "unknot.clinic.ui.context.everywhere",
            ],
            "builtins": [
                "unknot.clinic.templatetags.once",
                "unknot.clinic.templatetags.ui",
                "django.templatetags.static",
            ],
        },
    }
]

if os.environ.get("UNKNOT_DATABASE_URL"):
    DATABASES = {"default": from_url(os.environ["UNKNOT_DATABASE_URL"])}
else:
    DATABASES = {"default": sqlite(DATA_DIR / "unknot.sqlite3", SQLITE_VERSION)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "clinic.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "unknot.clinic.people.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,10/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Unknot"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # passkeys on http://localhost

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "unknot.clinic.ui.static_files.Storage"},
}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

# Without a mail server, mail is written to files: never to the log, which must name nobody.
EMAIL_FILE_PATH = os.environ.get("UNKNOT_EMAIL_FOLDER", str(DATA_DIR / "mail"))
EMAIL_BACKEND = os.environ.get("UNKNOT_EMAIL_BACKEND") or (
    "django.core.mail.backends.smtp.EmailBackend"
    if "UNKNOT_EMAIL_HOST" in os.environ
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_HOST = os.environ.get("UNKNOT_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("UNKNOT_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("UNKNOT_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("UNKNOT_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("UNKNOT_EMAIL_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("UNKNOT_EMAIL_FROM", "unknot@localhost")

# Text messages are offered to clients only where a way to send them is set up.
TEXT_CHANNEL = os.environ.get("UNKNOT_TEXT_CHANNEL", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_secrets": {"()": "unknot.clinic.logs.NoSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no_secrets"]}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "weasyprint": {"level": "ERROR"},  # it warns of every screen rule it does not print
        "unknot": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
