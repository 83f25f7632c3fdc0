"""Pure functions over names as text: folding, scripts, romanization, keys, inflection.

Nothing in here knows gazetteers, indexes or documents; every function is a function of its arguments.
"""
