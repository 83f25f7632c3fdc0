"""Parts of the people gazetteer that are built from packages."""
