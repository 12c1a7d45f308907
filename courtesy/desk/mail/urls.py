"""The pages about mail, beneath the Shop."""

from django.urls import path

from courtesy.desk.mail import views

staff_urlpatterns = [
    path("shop/mail", views.mail, name="mail"),
    path("shop/mail/new", views.mailbox_new, name="mailbox_new"),
    path("shop/mail/second-path", views.second_path, name="second_path"),
    path("shop/mail/second-path/test", views.second_path_test, name="second_path_test"),
    path("shop/mail/trials/<uuid:trial_id>", views.trial, name="mailbox_trial"),
    path("shop/mail/trials/<uuid:trial_id>/settings", views.trial_settings, name="mailbox_trial_settings"),
    path("shop/mail/trials/<uuid:trial_id>/connection", views.connection, name="mailbox_connection"),
    path("shop/mail/<uuid:mailbox_id>", views.mailbox, name="mailbox"),
    path("shop/mail/<uuid:mailbox_id>/removal", views.mailbox_removal, name="mailbox_removal"),
]
