"""The Django peer's one app: models and filters."""
