"""Gazetteers: lists of people and places with their names, their ids and where they come from."""
