"""The addresses of customers' pages."""

from django.urls import path

from courtesy.desk.customers import views

staff_urlpatterns = [
    path("customers/<uuid:person_id>", views.customer, name="customer"),
    path("customers/<uuid:person_id>/notes", views.notes, name="customer_notes"),
    path("customers/<uuid:person_id>/notes/<uuid:note_id>/removal", views.removal, name="customer_note_removal"),
    path("customers/<uuid:person_id>/merging", views.merging, name="customer_merging"),
    path("customers/<uuid:person_id>/parting", views.parting, name="customer_parting"),
    path("customers/<uuid:person_id>/difference", views.difference, name="customer_difference"),
]
