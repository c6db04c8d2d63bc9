"""How the adapter of the embedded translator is trained and scored."""
