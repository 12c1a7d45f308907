"""Who hears what: the one list of hand-overs up the house, and of what runs on schedule.

All names are dotted functions, called by the worker as ``handler(**ids, at=now)`` or, on schedule, ``run(at=now)``.
They are resolved when the worker starts and in a test; the web process never loads them.
"""

HANDLERS: dict[str, tuple[str, ...]] = {
    "arrived": ("courtesy.conversations.actions.take_in",),
    "message-stored": (
        "courtesy.desk.first_reply.begin",
        "courtesy.desk.acknowledging.acknowledge",
        "courtesy.desk.intake.consider",
    ),
    "answered-elsewhere": ("courtesy.desk.promises.actions.notice_elsewhere",),
    "letters-brought": ("courtesy.desk.promises.past.look_back",),
    "article-saved": ("courtesy.knowledge.actions.encode_saved",),
    "languages-set": ("courtesy.knowledge.actions.encode_missing",),
    "replay-asked": ("courtesy.desk.replay.rehearsing.rehearse",),
    "outgoing-changed": ("courtesy.conversations.actions.follow_outgoing",),
    "orders-handed-in": ("courtesy.records.actions.handing_in.look_through",),
    "orders-agreed": ("courtesy.records.actions.handing_in.carry_out",),
    "orders-unwanted": ("courtesy.records.actions.handing_in.carry_back",),
    "sample-opened": (
        "courtesy.config.sample.past.bring_orders",
        "courtesy.config.sample.past.bring_articles",
        "courtesy.config.sample.past.bring_permissions",
        "courtesy.config.sample.past.bring_letters",
    ),
    "sample-asked": ("courtesy.config.sample.past.let_them_ask",),
    "sample-ended": ("courtesy.config.sample.past.sweep",),
}

PATIENT: frozenset[str] = frozenset(
    {
        "letters-brought",
        "article-saved",
        "languages-set",
        "replay-asked",
        "sample-opened",
        "sample-asked",
        "orders-handed-in",
        "orders-agreed",
        "orders-unwanted",
    }
)
"""What lets others go first: an import of a thousand articles must not keep a customer waiting."""

AT_START: tuple[str, ...] = ("courtesy.desk.intake.warm_up", "courtesy.knowledge.actions.encode_missing")
"""What the worker does once when it starts, beside its jobs."""

SCHEDULE: dict[str, float] = {
    "courtesy.privacy.ledger.seal": 1,
    "courtesy.post.sending.send_due": 0.5,
    "courtesy.post.trying.try_due": 0.5,
    "courtesy.post.copies.keep_due": 5,
    "courtesy.post.warning.look": 5,
    "courtesy.jobs.actions.trim_changes": 3600,
    "courtesy.staff.actions.forget_old": 3600,
    "courtesy.post.limits.forget_old": 3600,
    "courtesy.conversations.actions.wake_due": 20,
    "courtesy.conversations.actions.carrying_on.carry_on": 1,
    "courtesy.conversations.actions.forget_old_words": 86400,
    "courtesy.conversations.files.forget_old": 86400,
    "courtesy.knowledge.encoding.keep_read": 10,
    "courtesy.knowledge.remembering.forget_old": 3600,
    # After an import, an answer, a yes or a no alike; what may not be used is not used from that moment on anyway.
    "courtesy.desk.learning.catch_up": 60,
    "courtesy.privacy.keys.sweep": 24 * 3600,
    # It asks often and does something once a day, or a week: a house may be open for an hour only.
    "courtesy.config.backing_up.regularly.back_up_and_prove": 300,
}
"""Function → seconds between two runs. Each has a thread of its own: a slow mail server holds up nobody else."""
