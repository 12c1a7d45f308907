"""The first screen of the day, at the very beginning of the staff's side."""

from django.urls import path

from courtesy.desk.today import views

staff_urlpatterns = [
    path("", views.today, name="today"),
    path("arrivals/<uuid:arrival_id>", views.arrival, name="arrival"),
    path("arrivals/<uuid:arrival_id>/again", views.arrival_again, name="arrival_again"),
    path("arrivals/<uuid:arrival_id>/source", views.arrival_source, name="arrival_source"),
    path("arrivals/<uuid:arrival_id>/away", views.arrival_away, name="arrival_away"),
    path("jobs/<int:job_id>/again", views.job_again, name="job_again"),
]
