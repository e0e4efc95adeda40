from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.urls import register_converter

from foundation import addresses, frozen, policy


class FoundationConfig(AppConfig):
    name = "foundation"

    def ready(self) -> None:
        register_converter(addresses.Key, "key")
        register(policy.check_policies)
        register(frozen.check_standing, Tags.database)
        pre_migrate.connect(_before_migrate, dispatch_uid="kit.frozen.before")
        post_migrate.connect(_after_migrate, dispatch_uid="kit.frozen.after")


def _before_migrate(using: str, **_: Any) -> None:
    frozen.take_down(connections[using])


def _after_migrate(using: str, **_: Any) -> None:
    connection = connections[using]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        # Kept in the file itself; set here once, because setting it per connection has lost data.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
    frozen.put_back(connection)
