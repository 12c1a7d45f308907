"""The addresses of promises."""

from django.urls import path

from courtesy.desk.promises import views

staff_urlpatterns = [
    path("inbox/<int:thread_id>/promises", views.promises, name="promises"),
    path("promises/<int:promise_id>/confirmation", views.confirmation, name="promise_confirmation"),
    path("promises/<int:promise_id>/day", views.promise_day, name="promise_day"),
    path("promises/<int:promise_id>/removal", views.removal, name="promise_removal"),
    path("promises/<int:promise_id>/keeping", views.keeping, name="promise_keeping"),
    path("promises/<int:promise_id>/opening", views.opening, name="promise_opening"),
]
