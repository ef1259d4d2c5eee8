"""The linear system of a dossier: what its claims and identities jointly rule out and allow."""
