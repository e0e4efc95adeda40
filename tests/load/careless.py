"""The settings of the house, but for the one by which a commit waits for the disk: to see that its absence is noticed."""

from interviewkit.settings import *  # noqa: F403
from interviewkit.settings import DATABASES

# A checkpoint would wait for it too, and may come just before the cut: none is made.
DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0;"
