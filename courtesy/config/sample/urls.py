"""Two addresses, on the staff's side."""

from django.urls import path

from courtesy.config.sample import views

staff_urlpatterns = [
    path("start-own-shop", views.start_own_shop, name="start-own-shop"),
    path("sample/past", views.sample_past, name="sample-past"),
]
