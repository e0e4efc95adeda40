"""Whatever ends the server, the database or the disk's room: no acknowledged save is lost, and none counts twice."""

import asyncio
import os
import random
import shutil
import signal
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.load.house import House
from tests.load.people import Tally
from tests.on_postgres import postgres_server

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="starts both databases itself, in the run on SQLite"),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for the server's processes in /proc"),
]
PEOPLE = 8


@pytest.fixture
def make_house(tmp_path):
    """make_house(...) → a house with its people, not yet served; it is ended in the end."""
    made = []

    def make(database="", people=PEOPLE, **how):
        made.append(House(tmp_path, database, **how))
        return made[-1], made[-1].fill(people)

    yield make
    for house in made:
        house.stop()


async def while_saving(people, answers, disturb):
    """Each of `people` saves that many answers, each until it is acknowledged, while `disturb()` is called over and over."""
    tally = Tally()
    work = asyncio.gather(*(person.keep_saving(tally, answers) for person in people))
    while not work.done():
        await disturb(tally)
    await work
    return tally


def assert_all_kept_once(house, tally, saves):
    count = house.count(tally.acknowledged)
    assert len(set(tally.acknowledged)) == saves
    assert count.is_right, count
    assert count.kept == saves


def test_killed_processes_lose_and_double_nothing(make_house, database):
    house, people = make_house(database)
    house.start()
    killed = []

    async def kill(_tally):
        await asyncio.sleep(random.uniform(0.1, 0.4))  # noqa: S311 dice, not secrets
        if workers := house.workers():
            killed.append(random.choice(workers))  # noqa: S311
            with suppress(ProcessLookupError):
                os.kill(killed[-1], signal.SIGKILL)

    tally = asyncio.run(while_saving(people, 50, kill))
    assert len(killed) >= 20
    assert len(tally.failed) >= 20, "some were under way"
    assert_all_kept_once(house, tally, PEOPLE * 50)


def test_a_crash_before_the_commit_or_after_it_before_the_answer_loses_and_doubles_nothing(make_house, database):
    house, people = make_house(database, application="tests.load.crashing", CRASH_SHARE="0.08")
    house.start()

    async def wait(_tally):
        await asyncio.sleep(0.1)

    tally = asyncio.run(while_saving(people, 30, wait))
    crashes = Path(house.folder, "crashes").read_text()
    assert crashes.count("b") >= 5
    assert crashes.count("a") >= 5
    assert_all_kept_once(house, tally, PEOPLE * 30)


def test_a_postgresql_that_crashes_and_comes_back_loses_and_doubles_nothing(make_house):
    with postgres_server() as server:
        house, people = make_house(server.get_uri())
        house.start()
        crashes = []

        async def crash(_tally):
            await asyncio.sleep(1)
            # An immediate shutdown: every process drops what it holds, and the next start recovers from the log.
            os.kill(server.get_pid(), signal.SIGQUIT)
            await asyncio.to_thread(server.get_postmaster_info().process.wait, 30)
            await asyncio.to_thread(server.ensure_postgres_running)
            crashes.append(1)

        tally = asyncio.run(while_saving(people, 100, crash))
        assert len(crashes) >= 3
        assert tally.failed
        assert_all_kept_once(house, tally, PEOPLE * 100)


# ---- SQLite: what a power cut leaves, and a disk without room ----


@pytest.fixture(scope="module")
def power_cut(tmp_path_factory):
    """The library that keeps what was synced."""
    compiler = shutil.which("cc")
    if not compiler:
        pytest.skip("no C compiler for the model of a power cut")
    library = tmp_path_factory.mktemp("power-cut") / "power_cut.so"
    source = Path(__file__).parents[1] / "load" / "power_cut.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    return library


def cut_power(house, people, kept, library, seconds=3):
    """Save for a while, then end everything and leave on the disk only what had been synced."""
    data = [Path(house.folder, name) for name in ("kit.sqlite3", "kit.sqlite3-wal", "kit.sqlite3-shm")]
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    for file in data[:2]:
        if file.exists():
            shutil.copy(file, kept)
    house.told |= {"LD_PRELOAD": str(library), "CUT_FROM": str(house.folder), "CUT_TO": str(kept)}
    house.start()

    async def save():
        tally = Tally()
        work = asyncio.gather(*(person.keep_saving(tally, 10_000) for person in people))
        await asyncio.sleep(seconds)
        house.cut()
        work.cancel()
        return tally

    tally = asyncio.run(save())
    for file in data:
        file.unlink(missing_ok=True)
        if (kept / file.name).exists():
            shutil.copy(kept / file.name, file)
    return tally.acknowledged


def test_a_power_cut_takes_nothing_that_was_acknowledged(make_house, power_cut, tmp_path_factory):
    house, people = make_house()
    kept, acknowledged = tmp_path_factory.mktemp("kept"), []
    for _cut in range(4):
        acknowledged += cut_power(house, people, kept, power_cut)
        assert house.count(acknowledged).is_right
    assert len(acknowledged) >= 100


def test_the_model_of_a_power_cut_notices_a_commit_that_does_not_wait_for_the_disk(
    make_house, power_cut, tmp_path_factory
):
    house, people = make_house(DJANGO_SETTINGS_MODULE="tests.load.careless")
    acknowledged = cut_power(house, people, tmp_path_factory.mktemp("kept"), power_cut)
    assert house.count(acknowledged).lost > 0


@contextmanager
def small_disk(folder, megabytes):
    """A file system of that size at `folder`."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_acknowledges_nothing_that_it_does_not_keep_and_saving_goes_on_once_there_is_room(
    make_house, tmp_path
):
    with small_disk(tmp_path / "disk", 12) as disk:
        house, people = make_house(f"sqlite:///{disk}/kit.sqlite3")
        ballast = disk / "ballast"
        room = shutil.disk_usage(disk).free
        ballast.write_bytes(b"\0" * (room - 512 * 1024))
        house.start()
        seen = {}

        async def make_room(tally):
            await asyncio.sleep(0.1)
            if len(tally.failed) > 50 and ballast.exists():
                seen["at full"] = len(tally.acknowledged)
                page = people[0].request("GET", people[0].paths[0].rsplit("/", 2)[0] + "/")
                seen["reading"] = await people[0].ask(page)
                ballast.unlink()

        tally = asyncio.run(while_saving(people, 60, make_room))
        assert 0 < seen["at full"] < PEOPLE * 60
        assert seen["reading"] == 200
        assert 500 in tally.failed
        assert_all_kept_once(house, tally, PEOPLE * 60)
        house.stop()
