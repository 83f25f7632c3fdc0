"""Matching one name against an index: candidates, features, score, confidence, explanation."""
