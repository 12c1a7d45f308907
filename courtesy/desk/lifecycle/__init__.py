"""The one life cycle: belief, suggestion, decision, effect, outcome."""
