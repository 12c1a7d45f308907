"""The staff's side: what the machine believes and suggests, what a person decides, and the screens for it."""
