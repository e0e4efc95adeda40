"""`python -m tests.load.filling NUMBER`: an empty house gets that many interviewers, each signed in at an interview of their own.

Prints for each the cookie of their session and the addresses to which they save.
"""

import json
import os
import sys

import django


def main(number):
    from django.db import transaction

    from accounts.running import prepare
    from tests.factories import ActivePlanFactory

    prepare("real")
    with transaction.atomic():
        plan = ActivePlanFactory()
        people = [_seated(plan) for _each in range(number)]
    json.dump(people, sys.stdout)


def _seated(plan):
    from django.test import Client
    from django.urls import reverse

    from tests.factories import ApplicationFactory, InterviewFactory, ScorecardFactory

    card = ScorecardFactory(interview=InterviewFactory(application=ApplicationFactory(plan=plan)))
    http = Client()
    http.force_login(card.interviewer)
    paths = [
        reverse("interviews:score_save", args=[card.interview_id, item])
        for item in card.scores.values_list("item", flat=True)
    ]
    return {"session": http.cookies["sessionid"].value, "paths": paths}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interviewkit.settings")
    django.setup()
    main(int(sys.argv[1]))
