"""Static files: gathered when the house is made ready, named by content, compressed, kept for ever by browsers."""

import gzip
import re

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import CommandError
from django.templatetags.static import static
from django.test import Client

from accounts.running import gather_static, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(settings, tmp_path):
    """A folder of static files of its own, gathered into an empty one."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "page.css").write_text("a { color: red }" * 50)
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [folder], tmp_path / "static"
    return folder


def served(path, **headers):
    answer = Client().get(path, headers=headers)
    assert answer.status_code == 200, path
    return answer, answer.getvalue()


def written(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_a_static_file_comes_compressed_and_may_be_kept_for_ever():
    answer, body = served(static("css/kit.css"), accept_encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    plain, whole = served(static("css/kit.css"))
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(body) == whole
    assert len(body) < len(whole) / 3


def test_a_changed_file_gets_a_new_address_and_an_open_page_still_finds_the_old_one(source):
    gather_static()
    before = static("page.css")
    (source / "page.css").write_text("a { color: blue }")
    gather_static()
    staticfiles_storage.hashed_files = staticfiles_storage.load_manifest()[0]  # as after a restart
    assert static("page.css") != before
    assert served(static("page.css"))[1] == b"a { color: blue }"
    assert served(before)[1].startswith(b"a { color: red }")


def test_gathering_again_writes_nothing(source, settings):
    gather_static()
    first = written(settings.STATIC_ROOT)
    gather_static()
    assert written(settings.STATIC_ROOT) == first


def test_a_lost_folder_is_gathered_anew(source, settings):
    gather_static()
    for path in settings.STATIC_ROOT.iterdir():
        path.unlink()
    gather_static()
    assert served(static("page.css"))


def test_a_reference_to_a_file_that_is_not_there_stops_the_start(source):
    (source / "page.css").write_text('a { background: url("none.png") }')
    # A ValueError in Django 5.2; from 6.0 on the command says it.
    with pytest.raises((ValueError, CommandError), match="could not be found"):
        gather_static()


def test_a_data_folder_that_cannot_take_them_is_named(source, settings):
    settings.STATIC_ROOT.write_text("a file where the folder should be")
    with pytest.raises(CommandError, match=r"data folder .* cannot be written .* DATA_DIR=/some/folder"):
        prepare("real")


def test_what_a_script_imports_is_named_by_content_too():
    """Else a browser would run a new script with an old part of it after an upgrade."""
    parts = set()
    for path in (django_settings.BASE_DIR / "static/js").glob("*.js"):
        text = served(static(f"js/{path.name}"))[1].decode()
        parts |= set(re.findall(r'from ?"\./([^"]+)"', text))
    assert len(parts) >= 3
    for part in parts:
        assert re.search(r"\.[0-9a-f]{12}\.js$", part)
        served(f"/static/js/{part}")


def test_with_debug_pages_on_files_come_straight_from_the_checkout(settings):
    settings.DEBUG = True
    assert static("css/kit.css") == "/static/css/kit.css"
    assert served("/static/css/kit.css")[1] == (django_settings.BASE_DIR / "static/css/kit.css").read_bytes()


def test_what_no_page_uses_has_no_address():
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        static("django_htmx/django-htmx.js")
