"""Flask with Flask-SQLAlchemy, Flask-Login, Flask-WTF and Flask-Limiter, on the yardstick's templates."""

import sys
from pathlib import Path

import flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect, generate_csrf
from sqlalchemy.orm import joinedload
from werkzeug.security import check_password_hash, generate_password_hash

from bench.peer_sites import shared

db = SQLAlchemy()
TEMPLATES = Path(__file__).parents[1] / "templates"


class Member(UserMixin, db.Model):
    """Who signs in."""

    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String, unique=True)
    password = db.Column(db.String)


class Kind(db.Model):
    """What an entry is called."""

    id = db.Column(db.Integer, primary_key=True)
    label = db.Column(db.String)


class Entry(db.Model):
    """One line of the history."""

    id = db.Column(db.Integer, primary_key=True)
    member_id = db.Column(db.ForeignKey("member.id"), index=True)
    kind_id = db.Column(db.ForeignKey("kind.id"))
    kind = db.relationship(Kind)
    seq = db.Column(db.Integer)
    day = db.Column(db.Date)
    amount = db.Column(db.Integer)
    interest = db.Column(db.Integer)
    damages = db.Column(db.Integer)
    balance = db.Column(db.Integer)

    @property
    def label(self):
        """The name of its kind."""
        return self.kind.label


def create_app():
    """The peer, on the database in its folder."""
    app = flask.Flask("peer", template_folder=str(TEMPLATES), static_folder=None)
    app.config |= {
        "SECRET_KEY": "a peer of the bench",
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{shared.folder() / 'flask.db'}",
    }
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(shared.FILTERS)
    db.init_app(app)
    CSRFProtect(app)
    Limiter(get_remote_address, app=app, default_limits=["1000000 per minute"], storage_uri="memory://")
    manager = LoginManager(app)
    manager.user_loader(lambda key: db.session.get(Member, int(key)))
    add_routes(app, shared.facts())
    return app


def add_routes(app, facts):
    """Sign-in, the page, and the addresses that it links to."""
    values, padding = facts["values"], shared.Padding(facts["size"])
    values.pop("csrf_token")  # Flask-WTF's own function stands under this name

    @app.route("/login", methods=["GET", "POST"])
    def login():
        if flask.request.method == "GET":
            return flask.render_template_string('<input name="csrf_token" value="{{ csrf_token() }}">')
        member = Member.query.filter_by(name=flask.request.form["username"]).one()
        assert check_password_hash(member.password, flask.request.form["password"])
        login_user(member)
        return "signed in"

    @app.route("/history")
    @login_required
    def history():
        wanted = Entry.query.options(joinedload(Entry.kind)).filter_by(member_id=current_user.id)
        entries = wanted.order_by(Entry.seq.desc()).limit(30).all()
        kept = values | {"entries": entries, "csrf_token": generate_csrf()} | shared.counted(entries)
        return padding.fill(lambda filler: flask.render_template("history.html", **kept | {"filler": filler}))

    app.add_url_rule("/static/<path:filename>", "static", lambda filename: "")
    for endpoint, rule in facts["addresses"].items():
        if endpoint not in app.view_functions:
            app.add_url_rule(rule, endpoint, lambda **_: "")


def prepare():
    """Make the database: one member, the rows of the page."""
    with create_app().app_context():
        db.create_all()
        db.session.add(Member(id=1, name=shared.NAME, password=generate_password_hash(shared.PASSWORD)))
        kinds = {}
        for row in shared.facts()["rows"]:
            kind = kinds.setdefault(row.label, Kind(label=row.label))
            fields = {name: value for name, value in vars(row).items() if name != "label"}
            db.session.add(Entry(member_id=1, kind=kind, **fields))
        db.session.commit()


if __name__ == "__main__":
    prepare()
elif "granian" in sys.argv[0] or "granian" in sys.modules:
    app = create_app()
