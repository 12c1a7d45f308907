"""The addresses of the staff side: what the rooms export, in one list."""

from django.urls import URLPattern, URLResolver

from courtesy.config import health
from courtesy.config.sample import urls as sample
from courtesy.desk.bringing import urls as bringing
from courtesy.desk.commands import urls as commands
from courtesy.desk.customers import urls as customers
from courtesy.desk.inbox import urls as inbox
from courtesy.desk.leaving import urls as leaving
from courtesy.desk.mail import urls as mail
from courtesy.desk.promises import urls as promises
from courtesy.desk.replay import urls as replay
from courtesy.desk.today import urls as today
from courtesy.knowledge import urls as knowledge
from courtesy.staff import urls as staff
from courtesy.web import urls as web

urlpatterns: list[URLPattern | URLResolver] = [
    *health.urlpatterns,
    *today.staff_urlpatterns,
    *inbox.staff_urlpatterns,
    *mail.staff_urlpatterns,
    *commands.staff_urlpatterns,
    *promises.staff_urlpatterns,
    *customers.staff_urlpatterns,
    *bringing.staff_urlpatterns,
    *replay.staff_urlpatterns,
    *leaving.staff_urlpatterns,
    *knowledge.staff_urlpatterns,
    *staff.staff_urlpatterns,
    *sample.staff_urlpatterns,
    *web.staff_urlpatterns,
]
