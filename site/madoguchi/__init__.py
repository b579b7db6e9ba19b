"""Madoguchi: web → services → store → domain ← ports; each layer imports only downwards."""
