"""A sheet to print where it does not matter what it says."""

from datetime import UTC, datetime

from madoguchi.ports.paper import Sheet

SHEET = Sheet(
    title="残高証明書",
    number="1134-0096-592",
    to="佐藤 花子 様（サトウ ハナコ）",
    sentence="残高が、次のとおりであることを証明します。",
    headline=("残高（元金）", "231,844円"),
    rows=(("証明する日", "2026年11月20日（金）"),),
    notes=("発行した時点の額です。",),
    sender=("まどぐちファイナンス株式会社",),
    made_at=datetime(2026, 11, 20, 1, 0, tzinfo=UTC),
)
