"""Madoguchi: web → services → store → domain ← ports; adapters answer ports; each layer imports only downwards."""
