"""Policies, facts, decisions, reviews and records to JSON and back."""

from kamcore.codec._json import SCHEMA, from_json, to_json

__all__ = ["SCHEMA", "from_json", "to_json"]
