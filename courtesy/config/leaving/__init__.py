"""Leaving Courtesy: everything written out in forms that other programs read, without asking anybody."""
