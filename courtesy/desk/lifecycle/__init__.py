"""The one life cycle: a belief or a suggestion, a decision by a person, an outcome.

Ways in: `actions.send_reply`, `dismiss`, `take_back`, `resolve` for colleagues; `file_belief`, `file_suggestion`,
`came_back` for `desk.intake`; `queries.draft_for` for the thread page, `queries.counts` for Today.
"""
