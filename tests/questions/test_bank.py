"""The starter bank is loaded whole or not at all, and loading it again changes nothing."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Entry
from plans.models import Item, Section
from questions.actions import publish_version, rename_competency, save_draft, start_draft
from questions.bank import BankFault, load_bank
from questions.content import Content
from questions.models import (
    Anchor,
    Competency,
    Override,
    Probe,
    Question,
    QuestionVersion,
    SampleAnswer,
)
from tests.factories import (
    ApplicationFactory,
    InterviewFactory,
    PlanFactory,
    ScorecardFactory,
    UserFactory,
    put_in_force,
)

pytestmark = pytest.mark.django_db
FILES = Path(settings.BASE_DIR, "fixtures/bank")


@pytest.fixture
def folder(tmp_path):
    """Two files, each with the first question of a file of the bank, without its sample answers; to be changed at will."""
    for name in ("communication.toml", "responsible-ai.toml"):
        head, question, *_others = (FILES / name).read_text().split("[[question]]\n")
        record = question.partition("[question.sample_answers]")[0]
        (tmp_path / name).write_text(f"{head}[[question]]\n{record.rstrip()}\n")
    return tmp_path


def reword(folder, name, old, new):
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def rows():
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Competency, Question, QuestionVersion, Anchor, Probe, SampleAnswer, Entry)
    }


def test_a_first_load_takes_as_many_statements_for_three_questions_as_for_one(folder):
    def cost(count):
        path = folder / "responsible-ai.toml"
        head, _mark, question = path.read_text().partition("[[question]]")
        copies = [
            question.replace('slug = "', f'slug = "{n}-', 1).replace('title = "', f'title = "{n} ', 1)
            for n in range(count)
        ]
        path.write_text(head + "".join(f"[[question]]{copy}" for copy in copies))
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            assert load_bank(folder).new == count + 1
            transaction.set_rollback(True)
        path.write_text(f"{head}[[question]]{question}")
        return len(captured)

    assert cost(1) == cost(3)


def test_a_second_load_takes_as_many_queries_however_long_the_bank(folder, django_assert_num_queries):
    load_bank(folder)
    with CaptureQueriesContext(connection) as few:
        assert load_bank(folder).new == 0
    shutil.copy(FILES / "communication.toml", folder)
    load_bank(folder)
    with django_assert_num_queries(len(few)):
        assert load_bank(folder).new == 0


def test_a_changed_record_becomes_a_new_version_with_its_note(folder):
    load_bank(folder)
    reword(folder, "communication.toml", 'prompt = "', 'prompt = "Tell me this. ')
    reword(folder, "communication.toml", 'change_note = "', 'change_note = "Said more plainly. ')
    assert (
        str(load_bank(folder))
        == "Bank: 2 questions in 2 competencies (0 new, 1 changed, 1 unchanged, 0 kept as edited)"
    )
    old, new = QuestionVersion.objects.filter(question__competency__slug="communication")
    assert (old.number, new.number, new.is_published) == (1, 2, True)
    assert new.prompt.startswith("Tell me this. ")
    assert not old.prompt.startswith("Tell me this. ")
    assert new.change_note.startswith("Said more plainly. ")


def test_a_corrected_question_leaves_what_was_planned_asked_and_scored_alone(folder, signed_in):
    load_bank(folder)
    old = QuestionVersion.objects.get(question__competency__slug="responsible-ai")
    plan = PlanFactory(stages=1)
    stage = plan.stages.get()
    stage.sections.all().delete()
    section = Section.objects.create(stage=stage, competency=old.question.competency, position=1)
    item = Item.objects.create(section=section, version=old, minutes=8, position=1)
    put_in_force(plan)
    meeting = InterviewFactory(application=ApplicationFactory(plan=plan), stage=stage)
    card = ScorecardFactory(interview=meeting, submitted=True)
    said, score = Content.of(old), card.scores.values().get()
    reword(folder, "responsible-ai.toml", '\n3 = "', '\n3 = "Corrected. ')
    add_samples(folder)
    assert load_bank(folder).changed == 1
    item.refresh_from_db()
    assert (item.version, Content.of(item.version), card.scores.values().get()) == (old, said, score)
    shown = signed_in(card.interviewer).get(f"/scorecards/{card.pk}/").content.decode()
    assert "Corrected." not in shown
    assert "version 1" in shown
    assert QuestionVersion.objects.current().get(question=old.question).number == 2


SAMPLES = '''
[question.sample_answers]
1 = "I would take the first."
3 = """
First this.

Then that.
"""
'''


def add_samples(folder, samples=SAMPLES):
    """Give the first question of a file sample answers, after its anchors."""
    path = folder / "responsible-ai.toml"
    head, anchors, rest = path.read_text().partition("[question.anchors]")
    own, another, more = rest.partition("[[question]]")
    path.write_text(f"{head}{anchors}{own}{samples}\n{another}{more}")


def test_sample_answers_are_loaded_and_a_change_of_theirs_is_a_new_version(folder):
    slug = "fairness-measures-in-conflict"
    load_bank(folder)
    add_samples(folder)
    assert load_bank(folder).changed == 1
    assert load_bank(folder).changed == 0
    reword(folder, "responsible-ai.toml", "Then that.", "Then this.")
    assert load_bank(folder).changed == 1
    first, second, third = QuestionVersion.objects.filter(question__slug=slug).order_by("number")
    assert Content.of(first).samples == {}
    assert Content.of(second).samples == {1: "I would take the first.", 3: "First this.\n\nThen that."}
    assert Content.of(third).samples == {1: "I would take the first.", 3: "First this.\n\nThen this."}


@pytest.mark.parametrize(
    ("samples", "sentence"),
    [
        ("[question.sample_answers]\n6 = 'x'", "“sample_answers” may name the levels 1 to 5 only"),
        ("[question.sample_answers]\n1 = ['x']", "“sample_answers” must be a table of texts"),
        (f"[question.sample_answers]\n1 = '{'x' * 6001}'", "at most 6000 characters"),
        ('[question.sample_answers]\n1 = "\\u0000"', "invisible character"),
    ],
)
def test_a_bad_sample_answer_is_a_fault(folder, samples, sentence):
    add_samples(folder, samples)
    with pytest.raises(BankFault, match=sentence):
        load_bank(folder)
    assert not Competency.objects.exists()


@pytest.mark.parametrize("old", ['\n1 = "', 'probes = [\n  "', 'look_for = [\n  "', "minutes = ", 'tags = ["'])
def test_a_change_anywhere_in_a_record_is_seen(folder, old):
    load_bank(folder)
    reword(folder, "responsible-ai.toml", old, old + ("1" if old.endswith(" ") else "Other. "))
    assert load_bank(folder).changed == 1


def test_a_protected_topic_is_loaded_with_the_reason_its_record_gives_and_not_without(folder):
    reword(folder, "communication.toml", 'prompt = "', 'prompt = "Say to the clerk in this scene: How old are you? ')
    with pytest.raises(BankFault, match="no place in an interview"):
        load_bank(folder)
    why = 'overruled = [{ rule = "E5", field = "prompt", reason = "Said to a clerk." }]\n'
    reword(folder, "communication.toml", 'prompt = "', f'{why}prompt = "')
    load_bank(folder)
    reword(folder, "communication.toml", "How old are you?", "Well, how old are you?")
    assert load_bank(folder).changed == 1
    kept = Override.objects.filter(rule="E5").order_by("version__number")
    assert [(one.version.number, one.reason) for one in kept] == [(1, "Said to a clerk."), (2, "Said to a clerk.")]
    reword(folder, "communication.toml", 'reason = "', 'because = "')
    with pytest.raises(BankFault, match="“overruled” must be a list"):
        load_bank(folder)


def test_a_note_alone_makes_no_version_and_other_sources_only_change_the_question(folder):
    load_bank(folder)
    reword(folder, "communication.toml", 'change_note = "', 'change_note = "Again. ')
    assert load_bank(folder).unchanged == 2
    reword(folder, "communication.toml", 'source_ids = ["', 'source_ids = ["A99", "')
    assert load_bank(folder).changed == 1
    assert QuestionVersion.objects.count() == 2
    assert "A99" in Question.objects.get(competency__slug="communication").source_ids


@pytest.mark.parametrize("publish", [True, False])
def test_a_question_that_a_person_has_reworded_is_left_alone(folder, publish):
    load_bank(folder)
    by = UserFactory(recruiter=True)
    question = Question.objects.get(competency__slug="communication")
    draft = start_draft(question=question, by=by)
    content = Content.of(draft)
    save_draft(
        version=draft,
        fields={**content.fields, "prompt": "Ours?"},
        anchors=content.anchors,
        probes=content.probes,
        by=by,
    )
    if publish:
        publish_version(version=draft, by=by)
    reword(folder, "communication.toml", 'prompt = "', 'prompt = "Theirs. ')
    assert load_bank(folder).kept == 1
    assert question.versions.last().prompt == "Ours?"
    assert question.versions.count() == 2


def test_a_competency_keeps_the_name_that_people_gave_it(folder):
    load_bank(folder)
    competency = Competency.objects.get(slug="communication")
    rename_competency(competency=competency, name="Explaining", definition="Ours.", by=UserFactory(recruiter=True))
    assert load_bank(folder).unchanged == 2
    competency.refresh_from_db()
    assert competency.name == "Explaining"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("minutes = ", "minutes = 9", "minutes: "),
        ("minutes = ", "minutes = -", "minutes: "),
        ("minutes = ", 'minutes = "a" #', "minutes: "),
        ('level = "', 'level = "very ', "level: "),
        ('type = "', 'type = "riddle-', "kind: "),
        ('title = "', 'title = "' + "long " * 20, "title: "),
        ('title = "', 'title = "\\u202e', "title: "),
        ('prompt = "', 'prompt = "\\u0000', "prompt: "),
        ('\n3 = "', '\n3 = "" #', "anchor for level 3"),
        ('\n1 = "', '\n1 = "' + "x" * 1001, "behaviour: "),
        ('\n1 = "', '\n6 = "', "levels 1 to 5"),
        ('\n1 = "', "\n1 = 1 #", "“anchors” must be a table of texts"),
        ('purpose = "', 'porpoise = "', "there is no field “porpoise”"),
        ('purpose = "', "purpose = 4 #", "“purpose” must be text"),
        ('tags = ["', 'tags = ["a\\nb", "', "“tags” must be a list of one-line texts"),
        ('slug = "fair', 'slug = "Fair ', "slug: "),
        ('slug = "fair', 'slug = "new" #', "address of another page"),
        ("review_by = ", 'review_by = "soon" #', "review_by: "),
    ],
)
def test_a_bad_record_names_file_question_and_fault_and_writes_nothing(folder, old, new, sentence):
    # The first file of the folder is sound, so that something could have been written.
    text = (folder / "responsible-ai.toml").read_text()
    head, question = text.split("[[question]]", 1)
    assert old in question
    (folder / "responsible-ai.toml").write_text(f"{head}[[question]]{question.replace(old, new, 1)}")
    with pytest.raises(CommandError) as refused:
        call_command("load_bank", folder)
    assert str(refused.value).startswith("responsible-ai.toml, question “")
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not Competency.objects.exists()
    assert not QuestionVersion.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["", "[competency", '[competency]\nslug = "a"', '[competency]\nslug = "a"\nname = 4', 'competency = "x"', "question = 3", "\udcff",
     'question = 3\n[competency]\nslug = "a"\nname = "A"', '[competency]\nslug = "a"\nname = ""', 'question = ["a"]\n[competency]\nslug = "a"\nname = "A"'],
)  # fmt: skip
def test_a_file_that_is_not_one_of_the_bank_is_named(folder, text):
    (folder / "odd.toml").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(BankFault, match=r"^odd\.toml"):
        load_bank(folder)
    assert not Competency.objects.exists()


def test_one_slug_twice_is_a_fault(folder):
    shutil.copy(folder / "communication.toml", folder / "other.toml")
    with pytest.raises(BankFault, match="competency “communication”: this slug is used twice"):
        load_bank(folder)
    reword(folder, "other.toml", 'slug = "communication"', 'slug = "other"')
    with pytest.raises(BankFault, match=r"^other\.toml, question “.*”: this slug is used twice"):
        load_bank(folder)


def test_a_name_that_another_competency_has_is_a_fault_not_a_crash(folder):
    Competency.objects.create(slug="talk", name="communication")
    with pytest.raises(BankFault, match=r"^communication\.toml, competency “communication”: There is already"):
        load_bank(folder)
    assert not Question.objects.exists()


def test_a_question_cannot_wander_to_another_competency(folder):
    load_bank(folder)
    reword(folder, "communication.toml", 'slug = "communication"', 'slug = "talk"')
    reword(folder, "communication.toml", 'name = "Communication', 'name = "Talk')
    with pytest.raises(BankFault, match="under another competency"):
        load_bank(folder)
    assert not Competency.objects.filter(slug="talk").exists()


def test_a_folder_without_files_is_a_fault(tmp_path):
    with pytest.raises(CommandError, match=r"there is no \.toml file here"):
        call_command("load_bank", tmp_path)
