"""The command bar (Ctrl K) and the sheet of keys (?): pages of their own that the desk's script opens as dialogs."""
