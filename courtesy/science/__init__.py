"""Pure functions and small estimators: arrays and text in; numbers, arrays and frozen dataclasses out."""
