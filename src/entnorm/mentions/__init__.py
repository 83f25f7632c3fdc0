"""Mentions: where in a text people and places are named."""
