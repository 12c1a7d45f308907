"""Purposes and their legal basis, and the append-only register of yes, no and objection."""
