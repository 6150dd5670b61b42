"""Django's settings. What varies with the deployment is read in `mode` and `database`; the rest is here."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from qyzmet.config import database as _database
from qyzmet.config import logs as _logs
from qyzmet.config.egov import read_egov
from qyzmet.config.evidence import read_evidence
from qyzmet.config.mail import mail_settings
from qyzmet.config.mgov import read_mgov
from qyzmet.config.mode import read_mode
from qyzmet.config.statedata import read_state_data

MODE = read_mode()
PRODUCTION = MODE.production
QYZMET_BEHIND_PROXY = MODE.behind_proxy
QYZMET_DATA: Path = MODE.data
QYZMET_CLOCK = os.environ.get("QYZMET_CLOCK", "")
# Whether a demo's fresh house is given two months of history before its first request.
QYZMET_WORLD = MODE.world
# Where people reach this deployment: printed on documents and in letters.
QYZMET_ADDRESS = (
    os.environ.get("QYZMET_ADDRESS") or f"http://127.0.0.1:{os.environ.get('QYZMET_PORT') or 8000}"
)
QYZMET_SEALS = os.environ.get(
    "QYZMET_SEALS", ""
)  # outside the database; by default `seals` in the data folder

# Whether the ticker erases personal data past the period they are kept for.
QYZMET_ERASE = os.environ.get("QYZMET_ERASE", "").strip().lower() == "yes"

# Signatures: what is trusted and asked, and the key of the System's own seal.
_evidence = read_evidence(PRODUCTION, QYZMET_DATA)
QYZMET_TRUST = _evidence.trust
QYZMET_OCSP = _evidence.ocsp
QYZMET_CRL = _evidence.crl
QYZMET_TSA = _evidence.tsa
QYZMET_SEAL_KEY = _evidence.seal_key
QYZMET_SEAL_PASSWORD = _evidence.seal_password
QYZMET_SIGNATURES = _evidence.signatures
QYZMET_NCANODE = _evidence.ncanode
QYZMET_NCALAYER = _evidence.ncalayer
# Makes the demo's authority in a folder; never called in production.
QYZMET_DEMO_AUTHORITY = "qyzmet.config.demo_keys.prepare"
# Signing with a phone: what draws the QR code of a request (empty: not offered), links that open the app.
_mgov = read_mgov(PRODUCTION)
QYZMET_MGOV = _mgov.drawn_by
QYZMET_MGOV_LINKS = _mgov.links
# The page on which the demo's stand-in for NCALayer lets one choose a key; production has none.
QYZMET_STAND_IN = _mgov.stand_in
# Signing in by eGov; off without a client.
QYZMET_EGOV = read_egov(PRODUCTION)
# State databases, through the e-government gateway; without an address nothing is asked.
QYZMET_STATE_DATA = read_state_data(PRODUCTION)
# Whoever holds a post gives a second factor; the demo's officials need not.
QYZMET_SECOND_FACTOR = PRODUCTION
OTP_TOTP_ISSUER = "Qyzmet"

SECRET_KEY = MODE.secret_key
DEBUG = MODE.debug
ALLOWED_HOSTS = list(MODE.hosts)
ROOT_URLCONF = "qyzmet.config.urls"
WSGI_APPLICATION = "qyzmet.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "qyzmet.people",
    "qyzmet.cases",
    "qyzmet.evidence",
    "qyzmet.documents",
    "qyzmet.registers",
    "qyzmet.gateway",
    "qyzmet.pages",
    "qyzmet.portal",
    "qyzmet.office",
    "qyzmet.api",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "qyzmet.config.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "qyzmet.portal.accounts.gate.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "qyzmet.config.requests.WholeRequestMiddleware",
    "axes.middleware.AxesMiddleware",
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
                "qyzmet.config.context.clock",
                "qyzmet.config.context.maintenance",
            ]
        },
    }
]

DATABASES = {"default": _database.database(os.environ.get("DATABASE_URL"), QYZMET_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "qyzmet.people.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "qyzmet.config.client.address"
AXES_LOCKOUT_CALLABLE = "qyzmet.portal.errors.locked_out"
CSRF_FAILURE_VIEW = "qyzmet.portal.errors.csrf_failed"

LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
FORMAT_MODULE_PATH = ["qyzmet.config.formats"]
TIME_ZONE = "Asia/Almaty"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = QYZMET_DATA / "static" if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # without files
QYZMET_LARGEST_REQUEST = 256 * 1024 * 1024  # a page of documents: 20 files of 10 MB and room to spare
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
EMAIL_BACKEND = "qyzmet.gateway.mail.sending.BoundedBackend"
globals().update(mail_settings(production=PRODUCTION))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, QYZMET_NCALAYER],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "qyzmet.people.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
if MODE.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = _logs.logging_settings()
_logs.configure()
