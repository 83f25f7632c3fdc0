"""Web pages: one self-contained file each, readable without scripts, on a phone and in print."""
