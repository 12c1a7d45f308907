"""The addresses of the replay."""

from django.urls import path

from courtesy.desk.replay import views

staff_urlpatterns = [
    path("replay", views.replay, name="replay"),
    path("replay/runs", views.replay_runs, name="replay_runs"),
    path("replay/pairs/<int:pair_id>/mark", views.replay_mark, name="replay_mark"),
    path("replay/pairs/<int:pair_id>/removal", views.replay_unmark, name="replay_unmark"),
]
