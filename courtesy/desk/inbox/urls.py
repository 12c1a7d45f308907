"""The inbox's addresses. Deciding means making something: a reply, a dismissal, a resolution."""

from django.urls import path

from courtesy.desk.inbox.views import answering, deciding, leaving, listing, many, reading, saved, turning

staff_urlpatterns = [
    path("inbox", listing.inbox, name="inbox"),
    path("inbox/searches", listing.searches, name="searches"),
    path("inbox/many", many.many, name="many"),
    path("inbox/many/undoing", many.undoing, name="undo_many"),
    path("inbox/views", saved.views, name="saved_views"),
    path("inbox/views/<int:number>/removal", saved.removal, name="saved_view_removal"),
    path("inbox/<int:thread_id>/snooze", turning.snooze, name="snooze"),
    path("inbox/<int:thread_id>/tags", turning.tags, name="tags"),
    path("inbox/<int:thread_id>/unread", turning.unread, name="unread"),
    path("inbox/<int:thread_id>/keeping-out", turning.keeping_out, name="keeping_out"),
    path("inbox/<int:thread_id>/bringing-back", turning.bringing_back, name="bringing_back"),
    path("inbox/<int:thread_id>", reading.thread, name="thread"),
    path("inbox/<int:thread_id>/replies", answering.replies, name="replies"),
    path("inbox/<int:thread_id>/notes", answering.notes, name="notes"),
    path("inbox/<int:thread_id>/words", answering.unsent_words, name="unsent_words"),
    path("inbox/<int:thread_id>/resolution", deciding.resolution, name="resolution"),
    path("inbox/<int:thread_id>/reopening", deciding.reopening, name="reopening"),
    path("inbox/<int:thread_id>/assignment", deciding.assignment, name="assignment"),
    path("drafts/<int:suggestion_id>/dismissal", deciding.dismissal, name="dismissal"),
    path("beliefs/<int:belief_id>/correction", deciding.correction, name="correction"),
    path("decisions/<int:decision_id>/taking-back", deciding.taking_back, name="taking_back"),
    path("mails/<uuid:outgoing_id>/release", leaving.release, name="release"),
    path("mails/<uuid:outgoing_id>/sending-again", leaving.sending_again, name="sending_again"),
    path("mails/<uuid:outgoing_id>/arrival", leaving.arrival_confirmed, name="arrival_confirmed"),
]
