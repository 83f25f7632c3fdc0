"""stub"""
SOURCES = frozenset({"zh", "ja", "ko"})
