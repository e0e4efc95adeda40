from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "interviews"

    def ready(self) -> None:
        # Neither can be loaded before the models are.
        from accounts.recording import limit_reading  # noqa: PLC0415
        from interviews.policies import blind_since  # noqa: PLC0415

        limit_reading(blind_since)
