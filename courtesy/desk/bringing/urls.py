"""The pages about the past: letters, and orders beside them."""

from django.urls import path

from courtesy.desk.bringing import orders, views

staff_urlpatterns = [
    path("past", views.past, name="past"),
    path("past/letters/file", views.letters_file, name="past_letters_file"),
    path("past/letters/months", views.letters_months, name="past_letters_months"),
    path("past/letters/<uuid:bringing_id>", views.letters, name="past_letters"),
    path("past/letters/<uuid:bringing_id>/columns", views.columns, name="past_letters_columns"),
    path("past/letters/<uuid:bringing_id>/ours", views.ours, name="past_letters_ours"),
    path("past/letters/<uuid:bringing_id>/beginning", views.beginning, name="past_letters_beginning"),
    path("past/letters/<uuid:bringing_id>/undoing", views.undoing, name="past_letters_undoing"),
    path("past/letters/<uuid:bringing_id>/discarding", views.discarding, name="past_letters_discarding"),
    path("past/letters/<uuid:bringing_id>/report", views.report, name="past_letters_report"),
    path("past/orders", orders.handing, name="past_orders_file"),
    path("past/orders/<uuid:handed_in>", orders.orders, name="past_orders"),
    path("past/orders/<uuid:handed_in>/columns", orders.columns, name="past_orders_columns"),
    path("past/orders/<uuid:handed_in>/beginning", orders.beginning, name="past_orders_beginning"),
    path("past/orders/<uuid:handed_in>/undoing", orders.undoing, name="past_orders_undoing"),
    path("past/orders/<uuid:handed_in>/discarding", orders.discarding, name="past_orders_discarding"),
    path("past/orders/<uuid:handed_in>/report", orders.report, name="past_orders_report"),
]
