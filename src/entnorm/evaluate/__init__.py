"""How good the answers are: gold files, figures, and calibrations fitted on them. Used by ``entnorm eval``."""
