"""The addresses of the public side. Tokens in them are signed numbers and say nothing about anybody."""

from django.urls import path

from courtesy.trust import views

public_urlpatterns = [
    path("", views.contact, name="contact"),
    path("answer/<str:token>", views.answer, name="answer"),
    path("evidence/<str:token>", views.evidence, name="evidence"),
    path("evidence/<str:token>/asked", views.looked_again, name="looked_again"),
    path("articles/<slug:slug>", views.public_article, name="public_article"),
]
