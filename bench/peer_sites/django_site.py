"""Django with auth, sessions in its database, CSRF and axes, on Django's own templates."""

from pathlib import Path

import django
from django.conf import settings

from bench.peer_sites import shared

TEMPLATES = Path(__file__).parent / "django_templates"

settings.configure(
    SECRET_KEY="a peer of the bench",
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    ROOT_URLCONF="bench.peer_sites.django_urls",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "axes",
        "bench.peer_sites.django_app",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "axes.middleware.AxesMiddleware",
    ],
    AUTHENTICATION_BACKENDS=[
        "axes.backends.AxesStandaloneBackend",
        "django.contrib.auth.backends.ModelBackend",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [TEMPLATES],
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                ],
                "builtins": ["bench.peer_sites.django_app.words"],
            },
        }
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": shared.folder() / "django.db",
            "CONN_MAX_AGE": None,
        }
    },
    STATIC_URL="/static/",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()


def prepare():
    """Make the database: one member, the rows of the page."""
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from bench.peer_sites.django_app.models import Entry, Kind

    call_command("migrate", run_syncdb=True, verbosity=0)
    member = User.objects.create_user(shared.NAME, password=shared.PASSWORD)
    kinds = {}
    for row in shared.facts()["rows"]:
        if row.label not in kinds:
            kinds[row.label] = Kind.objects.create(label=row.label)
        fields = {name: value for name, value in vars(row).items() if name != "label"}
        Entry.objects.create(member=member, kind=kinds[row.label], **fields)


def __getattr__(name):
    """`app` for a WSGI server."""
    if name == "app":
        from django.core.wsgi import get_wsgi_application

        return get_wsgi_application()
    raise AttributeError(name)


if __name__ == "__main__":
    prepare()
