"""Tests of what is true: money, days and dues."""
