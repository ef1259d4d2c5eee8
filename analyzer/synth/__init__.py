"""Made-up dossiers of any size, with a key of what is wrong in them: what detection is held to."""
