"""The addresses of the replay."""

from django.urls import path

from courtesy.desk.replay import views, waiting

staff_urlpatterns = [
    path("replay", views.replay, name="replay"),
    path("replay/runs", views.replay_runs, name="replay_runs"),
    path("replay/pairs/<int:pair_id>/mark", views.replay_mark, name="replay_mark"),
    path("replay/pairs/<int:pair_id>/removal", views.replay_unmark, name="replay_unmark"),
    path("replay/waiting", waiting.sentences, name="waiting_sentences"),
    path("replay/waiting/<int:passage_id>/voucher", waiting.vouch, name="sentence_vouch"),
    path("replay/vouchers/<int:voucher_id>/removal", waiting.unvouch, name="sentence_unvouch"),
]
