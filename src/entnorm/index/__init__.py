"""The index: every name of a set of gazetteers, compiled to flat files that open in milliseconds."""
