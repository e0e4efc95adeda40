"""The same done to several questions of the list at once, and undone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthedRequest
from accounts.policies import recruiter
from foundation.http import posted
from questions.bulk import InUse, put_to_use, undo_step
from questions.forms_list import BulkForm
from questions.policies import questions_readable_by
from questions.reading import faces_of
from questions.views.finding import keys_in, list_of, wanted_in


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def question_bulk(request: AuthedRequest) -> HttpResponse:
    said = (posted(request) or request.GET).copy()
    keys = keys_in(said)
    said.setlist("question", map(str, keys))
    form = BulkForm(
        said if request.method == "POST" else None,
        questions=questions_readable_by(request.user),
        initial={"question": keys, "back": said.get("back", "")},
    )
    if request.method == "POST" and form.is_valid():
        _do(request, form)
        return redirect(_back(form.cleaned_data["back"]))
    context = {"form": form, "versions": faces_of(keys, request.user), "up": _back(said.get("back", ""))}
    return render(request, "questions/question_bulk.html", context, status=422 if form.errors else 200)


@recruiter
@require_POST
def bulk_undo(request: AuthedRequest) -> HttpResponse:
    number = len(undo_step(by=request.user))
    if number:
        sentence = ngettext("%(n)s question is as it was.", "%(n)s questions are as they were.", number)
        messages.success(request, sentence % {"n": number})
    else:
        messages.info(request, _("There is nothing left to undo."))
    return redirect("questions:question_list")


def _do(request: AuthedRequest, form: BulkForm) -> None:
    """What the form asks for; its message offers to undo it."""
    said = form.cleaned_data
    uses = {
        "rest": InUse(until=str(said["until"]), reason=said["away_reason"]),
        "retire": InUse(is_retired=True, reason=said["away_reason"]),
        "back": InUse(),
    }
    changed = len(put_to_use(questions=said["question"], use=uses[said["how"]], by=request.user))
    left = len(said["question"]) - changed
    sentences = {
        "rest": ngettext("%(n)s question rests.", "%(n)s questions rest.", changed),
        "retire": ngettext("%(n)s question is retired.", "%(n)s questions are retired.", changed),
        "back": ngettext("%(n)s question is back in use.", "%(n)s questions are back in use.", changed),
    }
    if changed:
        undo = reverse("questions:bulk_undo")
        messages.success(request, sentences[said["how"]] % {"n": changed}, extra_tags=undo)
    if left:
        sentence = ngettext("%(n)s question was left as it is.", "%(n)s questions were left as they are.", left)
        messages.warning(request, sentence % {"n": left})


def _back(query: str) -> str:
    """The address of the list that asked for `query`, as far as it makes sense."""
    return list_of(wanted_in(query))
