from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    name = "committee"

    def ready(self) -> None:
        # Neither can be loaded before the models are.
        from accounts.recording import follow_record  # noqa: PLC0415
        from committee.ahead import hear  # noqa: PLC0415

        follow_record(hear)
