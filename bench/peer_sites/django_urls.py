"""The addresses of the Django peer: sign-in, the page, and what it links to."""

import re

from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.template import loader
from django.template.response import HttpResponse as Answer
from django.urls import path

from bench.peer_sites import shared
from bench.peer_sites.django_app.models import Entry

FACTS = shared.facts()
VALUES, PADDING = FACTS["values"], shared.Padding(FACTS["size"])
VALUES.pop("csrf_token")  # Django's own stands under this name


def sign_in(request):
    """By name and password, counted by axes."""
    if request.method == "GET":
        form = loader.get_template("login.html")
        return Answer(form.render({}, request))
    member = authenticate(request, username=request.POST["username"], password=request.POST["password"])
    assert member
    login(request, member)
    return HttpResponse("signed in")


@login_required
def history(request):
    """The page that is compared."""
    wanted = Entry.objects.select_related("kind").filter(member=request.user)
    entries = list(wanted.order_by("-seq")[:30])
    kept = VALUES | {"entries": entries} | shared.counted(entries)
    whole = loader.get_template("history.html")
    return HttpResponse(PADDING.fill(lambda filler: whole.render(kept | {"filler": filler}, request)))


def nothing(request, **_):
    """A page that the compared one links to."""
    return HttpResponse("")


def rule(address):
    """Django's way of writing an address."""
    return re.sub(r"<(\w+):(\w+)>", r"<\1:\2>", address.lstrip("/"))


OTHERS = {name: address for name, address in FACTS["addresses"].items() if name not in ("history", "login")}
urlpatterns = [
    path("login", sign_in, name="login"),
    path("history", history, name="history"),
    *(path(rule(address), nothing, name=name) for name, address in OTHERS.items()),
]
