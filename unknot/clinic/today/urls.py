"""Address of the day."""

from django.urls import path

from . import views

urlpatterns = [path("today/", views.show, name="today")]
