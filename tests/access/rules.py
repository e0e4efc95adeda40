"""What each cell of the matrix must be answered, out of the table in tests/test_access.py.

The order of the doors: signed in? the right in the house? does the address take this method? is the row open to me?
So a method that is not taken is told alike whether the row is there or not, and to nobody who lacks the right.
"""

from dataclasses import dataclass

from django.urls import reverse

from tests.access.world import AT_HOME_ELSEWHERE
from tests.test_access import ANYONE, BUTTONS, FORMS, ROWS, SIGNED_OUT

READS = ("GET", "HEAD", "htmx GET")
SENDS = ("POST", "htmx POST")
ELSE = ("DELETE", "PUT", "PATCH", "OPTIONS")
# Whom the short run sends to every door in every way; the others read and send.
BY_EVERY_METHOD = {"stranger", "anonymous"}
WHOSE = ("mine", "another's", "absent")

# What those who get in are told, where it is not 200 to a read, 422 to an empty form and 302 to a pressed button.
EMPTY_FORM = {
    "interviews:application_withdraw": 302, "plans:plan_activate": 302, "plans:placeholder_edit": 302,
    "interviews:score_save": 422, "interviews:notes_save": 422, "interviews:interview_submit": 422,
    "interviews:interview_time_up": 303,
    "committee:decision_record": 422, "committee:decision_supersede": 422, "accounts:person_link": 200, "questions:question_publish": 422,
    # Nothing to do as things stand: open already, a draft there already, on the plan already, still measured, active.
    "plans:role_reopen": 409, "plans:plan_start": 409, "interviews:application_replan": 409, "interviews:plan_applications": 409, "plans:plan_weight_drop": 409,
    "plans:plan_undo": 409, "plans:plan_fill": 409,
    "accounts:person_reactivate": 409, "questions:question_back": 409, "questions:question_part": 409,
    "questions:enemy_drop": 409, "plans:question_renew": 409, "accounts:house_settings": 302,
}  # fmt: skip
# A card that is in leads to itself; a waived one is told so.
SCORING = {f"interviews:interview_{name}" for name in ("score", "review", "submit", "time_up")}
BY_PERSON = {(name, "done"): 302 for name in SCORING} | {(name, "waived"): 409 for name in SCORING}
# Who may not know what has been held cannot call it all off.
NOT_WHILE_BLIND = {("interviews:application_withdraw", "sitting_recruiter")}
# Buttons on the board of a draft: htmx gets the board itself.
BOARD = {
    name for name in BUTTONS if name.startswith(("plans:stage_", "plans:section_", "plans:item_", "plans:question_add"))
}
# The same, where nothing can be done as things stand: it says so at its head.
REFUSING_BOARD = {"plans:plan_undo"}


@dataclass(frozen=True)
class Cell:
    name: str
    person: str
    method: str
    whose: str

    @property
    def at_home(self):
        """Under which name of the table this person meets these objects."""
        elsewhere = self.whose == "another's" and ROWS[self.name][2] == 404
        return AT_HOME_ELSEWHERE.get(self.person, "") if elsewhere else self.person

    @property
    def is_insider(self):
        return self.at_home in ROWS[self.name][1]

    @property
    def is_let_in(self):
        """Whether the view does its work: for an insider, with a method it takes, on a row that is there."""
        return self.status not in {401, 403, 404, 405} and self.person not in SIGNED_OUT

    @property
    def status(self):
        """What the answer's status must be."""
        others = ROWS[self.name][2]
        if self.person in SIGNED_OUT:
            return 200 if self.method.startswith("htmx") else 302
        if others == 403 and not self.is_insider:
            return 403
        if self.method.removeprefix("htmx ") not in taken(self.name):
            return 405
        if self.whose == "absent" or not self.is_insider:
            return 404
        return self._told

    @property
    def _told(self):
        if (self.name, self.at_home) in BY_PERSON:
            return BY_PERSON[self.name, self.at_home]
        if self.method not in SENDS:
            return 200
        if self.method == "htmx POST" and self.name in BOARD:
            return 200
        if self.method == "htmx POST" and self.name in REFUSING_BOARD:
            return 422
        if (self.name, self.at_home) in NOT_WHILE_BLIND:
            return 409
        return EMPTY_FORM.get(self.name, 422 if self.name in FORMS else 302)


def taken(name):
    """The methods that an address takes."""
    if name in BUTTONS:
        return {"POST"}
    return {"GET", "HEAD", "POST"} if name in FORMS else {"GET", "HEAD"}


def path_of(name, whose, world):
    """The address on one's own objects, on the same kind of another's, or on none."""
    words = ROWS[name][0]
    if whose == "absent":
        some = world.mine.objects
        return reverse(name, args=[987_654 if isinstance(some.get(word, word), int) else "no-such" for word in words])
    objects = (world.mine if whose == "mine" else world.anothers).objects
    return reverse(name, args=[objects.get(word, word) if isinstance(word, str) else word for word in words])


def witness(name):
    """One insider, who stands for all where asking each of them would only be slow."""
    return min(ROWS[name][1])


def cells(person, *, every):
    """The cells of one person: all of them, or those that the short run asks."""
    for name, (objects, _insiders, others) in ROWS.items():
        for whose in WHOSE if objects else WHOSE[:1]:
            if whose == "another's" and others != 404:
                continue  # The bank and the list of people are one for all.
            for method in (*READS, *SENDS, *ELSE):
                cell = Cell(name, person, method, whose)
                if (
                    _is_printed(cell, every=every)
                    if cell.is_let_in and name.endswith("_pdf")
                    else every or _is_short(cell)
                ):
                    yield cell


def _is_printed(cell, *, every):
    """Printing is slow, and done by the same code for everybody who gets in."""
    if cell.whose != "mine":
        return False
    return (cell.method == "GET" and every) or (cell.at_home == witness(cell.name) and (cell.method == "GET" or every))


def _is_short(cell):
    is_plain = cell.method in {"GET", "POST"}
    if cell.is_let_in:
        if cell.at_home == witness(cell.name):
            return True
        return is_plain and cell.whose == "mine" and not (cell.method == "POST" and ROWS[cell.name][1] == ANYONE)
    if cell.person in BY_EVERY_METHOD:
        return cell.whose != "another's" or cell.person not in SIGNED_OUT
    if cell.whose == "mine":
        return is_plain
    # A row is looked for before anything else is done with it, so one way of asking for it is enough; and who may not
    # have it where it is there, need not ask where it is not.
    may_ask = cell.status == 404 and (cell.whose == "another's" or cell.is_insider)
    return may_ask and cell.method == ("POST" if cell.name in BUTTONS else "GET")
