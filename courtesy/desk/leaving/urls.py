"""Where a colleague's leaving is asked about; linked from the Team page."""

from django.urls import path

from courtesy.desk.leaving import views

staff_urlpatterns = [path("team/<uuid:colleague_id>/leaving", views.leaving, name="colleague_leaving")]
