"""What the yardstick prints, read from a page of the site and kept as objects: days, amounts, rows, menus."""

import re
from datetime import date, datetime
from types import SimpleNamespace

from tests.support.markup import parse, words, wrap

DIGITS = re.compile(r"[+−]?\d[\d,]*")


class Facts:
    """The objects of one saved page, and the addresses that it links to by endpoint."""

    def __init__(self, name, html):
        self.tree, _ = parse(html if html.startswith("<!doctype") else wrap(html))
        self.addresses = {
            endpoint(path): path
            for path in map(path_of, self.all("//a/@href | //form/@action"))
            if path.startswith("/")
        }
        self.addresses["entry"] = "/history/<int:seq>"
        self.addresses.setdefault("contact", "/contact")
        self.values = {"filler": "", "csrf_token": "0" * 128, "site": self.site()}
        self.values |= getattr(self, f"_{name}")()
        if name != "simulator":
            self.values["member"] = self.member()

    def all(self, xpath):
        """Everything that an XPath finds."""
        return self.tree.xpath(xpath)

    def text(self, xpath):
        """The words of the first thing found, "" when there is none."""
        found = self.all(xpath)
        return (found[0] if isinstance(found[0], str) else words(found[0])) if found else ""

    def links(self, xpath):
        """Links as endpoints with their words."""
        return [
            SimpleNamespace(endpoint=endpoint(path_of(a.get("href"))), words=words(a))
            for a in self.all(xpath)
            if not a.get("href").startswith("#")
        ]

    def site(self):
        """What stands around every page."""
        lines = [line.strip() for line in self.all("//footer/p[2]//text()") if line.strip()] or [""] * 5
        files = [name.removeprefix("/static/") for name in self.all("//head//@href | //head//@src")]
        return SimpleNamespace(
            name=self.text("//title").partition("｜")[2],
            **dict(zip(("css", "htmx", "js"), files, strict=False)),
            nav=self.links("//nav[@aria-label='会員メニュー']//a"),
            menu=self.links("//nav[@id='menu']//a"),
            law=self.links("//footer/ul//a"),
            warn_seconds=120,
            demo=bool(self.all("//aside[@aria-label='デモ']")),
            phone=self.text("//aside[@class='help']//a"),
            hours=self.text("//aside[@class='help']/p[2]"),
            always=self.text("//aside[@class='help']/p[3]").partition("は24時間")[0],
            caution=self.text("//footer/p[1]"),
            company=lines[0].partition("（")[0],
            registration=lines[1].removeprefix("貸金業登録番号 "),
            association=lines[2],
            adr=lines[3].removeprefix("指定紛争解決機関（ADR） "),
            adr_phone=lines[-1],
        )

    def member(self):
        """Who is signed in, as a stock site would have it at hand."""
        heading, small = self.text("//main//h1"), self.text("//main//header/p")
        previous = self.text("//main//header/p/time/@datetime")
        return SimpleNamespace(
            name=(heading if heading.endswith("さん") else small).partition(" さん")[0],
            number=re.search(r"会員番号 (\d+)", small)[1],
            seconds_left=int(self.text("//form[contains(@class,'session')]/@data-left")),
            ends_at=datetime.fromisoformat(self.text("//form[contains(@class,'session')]//time/@datetime")),
            previous=datetime.fromisoformat(previous) if previous else None,
        )

    def _history(self):
        names = ("day", "label", "amount", "interest", "damages", "balance")
        entries = []
        for row in self.all("//tbody[@id='rows']/tr"):
            day = date.fromisoformat(row.xpath(".//time/@datetime")[0])
            label, *amounts = (words(cell) for cell in row.xpath("./td"))
            seq = int(row.xpath(".//a/@href")[0].rsplit("/", 1)[1])
            values = (day, label, *map(number, amounts))
            entries.append(SimpleNamespace(seq=seq, **dict(zip(names, values, strict=True))))
        sums = [number(words(cell)) for cell in self.all("//dl[contains(@class,'across')]//dd")]
        return {
            "entries": entries,
            "sums": SimpleNamespace(**dict(zip(("drawn", "paid", "interest", "damages"), sums, strict=True))),
            "fields": self.fields("//form[@action='/history']"),
            "after": self.text("//a[@id='more']/@href").partition("after=")[2],
            "chart": self.chart(),
        }

    def _home(self):
        kept = {
            figure.get("data-name"): int(figure.get("value")) for figure in self.all("//data[@data-name]")
        }
        rows = {words(row[0]): words(row[1]) for row in self.all("//section[.//h2[@id='loan']]//dl/div")}
        year, month, day = map(int, re.findall(r"\d+", rows["無利息期間"]))
        due = date.fromisoformat(self.text("//h2[@id='next']/time/@datetime"))
        left = int(re.search(r"あと(\d+)日", self.text("//h2[@id='next']"))[1])
        loan = SimpleNamespace(
            **kept, due=due, rate=rows["金利（実質年率）"].rstrip("%"), free_until=date(year, month, day),
            overdue=False, damages=0, deposit=0, may_borrow="借りる" in self.text("//section[2]"),
        )  # fmt: skip
        links = self.links("//section[.//h2[@id='more']]//a")
        today = date.fromordinal(due.toordinal() - left)
        return {"loan": loan, "links": links, "today": today}

    def _simulator(self):
        names = ("number", "amount", "principal", "interest", "balance")
        rows = self.all("//table[.//th[.='回']]/tbody/tr")
        values = [[number(words(cell)) for cell in row.xpath("./th | ./td")] for row in rows]
        return {
            "fields": self.fields("//form[@id='repayment']"),
            "figures": [(words(row[0]), words(row[1])) for row in self.all("//main//dl/div")],
            "payments": [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in values],
            "chart": self.chart(),
        }

    def fields(self, form):
        """The fields of a form as plain objects."""
        return [
            SimpleNamespace(
                name=control.get("name"),
                type=control.get("type"),
                value=control.get("value") or "",
                inputmode=control.get("inputmode"),
                label=self.text(f"//label[@for='{control.get('id')}']"),
                hint=self.text(f"//*[@id='{control.get('id')}-hint']"),
                choices=[(option.get("value"), words(option)) for option in control.xpath("./option")],
            )
            for control in self.all(f"{form}//input | {form}//select")
        ]

    def chart(self):
        """The drawing: two paths, rules, labels, and the points behind it."""
        paths = self.all("//*[local-name()='path']/@d")
        return SimpleNamespace(
            finding=self.text("//figcaption"),
            words=self.text("//*[local-name()='svg']/@aria-label"),
            rules=[SimpleNamespace(y=line.get("y1")) for line in self.all("//*[local-name()='line']")],
            area=paths[0],
            line=paths[1],
            texts=[
                SimpleNamespace(x=t.get("x"), y=t.get("y"), anchor=t.get("text-anchor"), words=words(t))
                for t in self.all("//*[local-name()='text']")
            ],
            points=[
                SimpleNamespace(
                    day=date.fromisoformat(row.xpath(".//time/@datetime")[0]),
                    balance=number(words(row.xpath("./td")[0])),
                )
                for row in self.all("//figure//tbody/tr[.//time]")
            ],
        )


def path_of(url):
    """An address without its query."""
    return url.partition("?")[0].partition("#")[0]


def endpoint(path):
    """The name that an address goes by."""
    return path.strip("/").replace("/", "_").replace(".", "_").replace("-", "_") or "front"


def number(text):
    """An amount as an int; 0 for a dash."""
    found = DIGITS.search(text)
    return int(found[0].replace(",", "").replace("−", "-")) if found else 0
