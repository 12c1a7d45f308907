"""The room's addresses. The public article's page belongs to `trust`."""

from django.urls import path

from courtesy.knowledge import views

staff_urlpatterns = [
    path("articles", views.articles, name="articles"),
    path("articles/new", views.new_article, name="article-new"),
    path("articles/<slug:slug>", views.article, name="article"),
    path("articles/<slug:slug>/edit", views.edit_article, name="article-edit"),
    path("articles/<slug:slug>/away", views.put_away, name="article-away"),
    path("articles/<slug:slug>/back", views.bring_back, name="article-back"),
    path("articles/<slug:slug>/versions/<int:number>", views.version, name="article-version"),
    path("articles/<slug:slug>/versions/<int:number>/restore", views.restore, name="article-restore"),
]
