"""The printed unit and Containerfile: what they name is there, and what they start works."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from tests.builders import Project

#: A name with all that means something to a shell or to systemd.
ODD = 'my 5% $HOME "q" it\'s; b\\\\n #c'
SMTP = '[smtp]\nhost = "{}"\nusername = "n"\npassword_env = "SMTP_PASSWORD"\n'
#: The program in this environment, under the name that it has in a container.
DIGEST = (sys.executable, "-m", "digest")


@pytest.fixture
def odd(tmp_path: Path) -> Project:
    """A project with a schedule, in a folder with an odd name."""
    project = Project(tmp_path / ODD)
    project.write("digest.toml", '[schedule]\nat = "daily at 07:30"\n')
    return project


@dataclass(frozen=True)
class Containerfile:
    """What was printed: instructions, and the commands that its comments give."""

    instructions: tuple[tuple[str, str], ...]
    commands: Mapping[str, Sequence[str]]

    def __getitem__(self, name: str) -> str:
        [text] = [text for key, text in self.instructions if key == name]
        return text

    def words(self, name: str) -> list[str]:
        """The program that an instruction starts, and its arguments."""
        words: list[str] = json.loads(self[name].rpartition("CMD ")[2])
        return words

    def values(self, option: str) -> list[str]:
        """What an option of ``podman run`` is given, each time it stands there."""
        run = self.commands["run"]
        return [value for it, value in pairwise(run) if it == option]


def containerfile(project: Project, *arguments: str, **environment: str) -> Containerfile:
    printed = project.digest("schedule", "--container", *arguments, **environment)
    assert printed.returncode == 0, printed.stderr
    lines = printed.stdout.replace("\\\n# ", "").splitlines()
    words = [
        shlex.split(text)
        for line in lines
        for text in re.findall(r"^#(?:  |.*:) ((?:podman|docker) .*)", line)
    ]
    return Containerfile(
        instructions=tuple(
            (name, text) for name, _, text in (it.partition(" ") for it in lines) if name != "#"
        ),
        commands={it[1] if it[0] == "podman" else " ".join(it[:2]): it[2:] for it in words},
    )


def unit(project: Project, *arguments: str) -> dict[str, str]:
    """The settings of the printed unit."""
    printed = project.digest("schedule", "--systemd", *arguments)
    assert printed.returncode == 0, printed.stderr
    pairs = (line.partition("=") for line in printed.stdout.splitlines() if line[:1] != "#")
    return {key: value for key, _, value in pairs}


def single(value: str, sign: str) -> str:
    """A value in which each ``sign`` must be doubled, as systemd takes it."""
    parts = value.split(2 * sign)
    assert not any(sign in part for part in parts), value
    return sign.join(parts)


# --- what they start ---


@dataclass(frozen=True)
class Started:
    """How a printed file starts, reloads and stops the scheduler."""

    command: Sequence[str]
    folder: str
    reload: Sequence[str]
    stop: str


def by_container(project: Project) -> Started:
    file = containerfile(project)
    name, *arguments = file.words("CMD")
    assert name == "digest"
    [folder] = file.values("-w")
    command, number, container = file.commands["kill"]
    assert (command, [container]) == ("--signal", file.values("--name"))
    reload = ["kill", f"-{number}", "$MAINPID"]
    return Started([*DIGEST, *arguments], folder, reload, file["STOPSIGNAL"])


def by_unit(project: Project) -> Started:
    lines = unit(project)
    return Started(
        shlex.split(single(single(lines["ExecStart"], "%"), "$")),
        single(lines["WorkingDirectory"], "%"),
        lines["ExecReload"].split(),
        lines["KillSignal"],
    )


@contextmanager
def at_work(started: Started, root: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        started.command,
        cwd=started.folder,
        env={**os.environ, "PYTHONPATH": str(root), "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("by", [by_container, by_unit])
def test_the_scheduler_starts_reloads_and_stops(
    by: Callable[[Project], Started], odd: Project, root: Path
) -> None:
    started = by(odd)
    health = containerfile(odd).words("HEALTHCHECK")
    with at_work(started, root) as process:
        assert process.stderr
        assert json.loads(process.stderr.readline())["event"] == "started"
        well = subprocess.run(
            [*DIGEST, *health[1:]],
            cwd=started.folder,
            env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (well.returncode, f"process {process.pid} since" in well.stdout) == (0, True)
        reload = [it.replace("$MAINPID", str(process.pid)) for it in started.reload]
        subprocess.run(reload, check=True)
        assert json.loads(process.stderr.readline())["event"] == "configuration read"
        process.send_signal(signal.Signals[started.stop])
        assert process.wait(30) == 0
        assert json.loads(process.stderr.readline())["event"] == "stopped"
    assert odd.digest(*health[1:]).returncode == 1


def test_a_wrong_configuration_ends_it_as_the_unit_expects(odd: Project, root: Path) -> None:
    started, codes = by_unit(odd), unit(odd)["RestartPreventExitStatus"].split()
    assert codes == ["2", "3"]
    odd.write("digest.toml", "[schedule")
    with at_work(started, root) as process:
        assert process.wait(30) == int(codes[0])


# --- the Containerfile ---


def test_each_instruction_is_true(project: Project, root: Path) -> None:
    file = containerfile(project)
    expected = ["FROM", "COPY", "RUN", "STOPSIGNAL", "HEALTHCHECK", "CMD"]
    assert [name for name, _ in file.instructions] == expected
    major, minor = sys.version_info[:2]
    assert file["FROM"] == f"docker.io/library/python:{major}.{minor}-slim"
    scripts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    for name in ("HEALTHCHECK", "CMD"):
        program, command, *rest = file.words(name)
        assert (program in scripts, rest) == (True, [])
        assert project.digest(command, "--help").returncode == 0
    _, *asked = file.commands["exec"]
    assert asked == file.words("HEALTHCHECK")


def test_the_wheel_is_the_one_that_the_printed_command_makes(
    project: Project, tmp_path: Path, root: Path
) -> None:
    printed = project.digest("schedule", "--container").stdout
    [command] = re.findall(r"`pip (.*)`", printed)
    subprocess.run(
        [sys.executable, "-m", "pip", *command.split(), "--no-build-isolation", "-w", tmp_path],
        cwd=root,
        capture_output=True,
        check=True,
    )
    [wheel] = tmp_path.glob("*.whl")
    file = containerfile(project)
    assert file["COPY"].split() == [wheel.name, "/tmp/"]  # noqa: S108  in the container
    assert file["RUN"].split()[-1] == f"/tmp/{wheel.name}"  # noqa: S108  in the container


@pytest.mark.parametrize("engine", ["podman", "docker"])
def test_the_engines_know_the_options(engine: str, odd: Project) -> None:
    program = shutil.which(engine)
    if program is None:
        pytest.skip(f"needs {engine}")
    file = containerfile(odd, TZ="UTC")
    build = file.commands["build" if engine == "podman" else "docker build"]
    for command, words in (("build", build), ("run", file.commands["run"]), ("kill", ["--signal"])):
        told = subprocess.run([program, command, "--help"], capture_output=True, check=True).stdout
        for option in (it for it in words if it.startswith("-")):
            assert re.search(rf"(^|\s){option}\b", told.decode(), re.MULTILINE), option


@pytest.mark.parametrize(
    ("settings", "options"),
    [
        pytest.param("", ["-e", "TZ=Asia/Tokyo"], id="the machine's zone"),
        pytest.param('[newsletter]\ntimezone = "Europe/Rome"', [], id="its own zone"),
        pytest.param(
            '[[newsletters]]\nid = "a"\ntimezone = "UTC"\n[[newsletters]]\nid = "b"',
            ["-e", "TZ=Asia/Tokyo"],
            id="one of several has the machine's zone",
        ),
        pytest.param(
            SMTP.format("smtp.post.example"),
            ["-e", "TZ=Asia/Tokyo", "-e", "SMTP_PASSWORD"],
            id="a password",
        ),
        pytest.param(
            SMTP.format("127.0.0.1"),
            ["-e", "TZ=Asia/Tokyo", "-e", "SMTP_PASSWORD", "--network", "host"],
            id="a server on this machine",
        ),
        pytest.param(
            '[[sources]]\nfeed = "http://localhost:8080/feed"\nprivate = true',
            ["-e", "TZ=Asia/Tokyo", "--network", "host"],
            id="a source on this machine",
        ),
        pytest.param(
            '[[sources]]\nfeed = "https://localhost.example/feed"',
            ["-e", "TZ=Asia/Tokyo"],
            id="a source elsewhere",
        ),
    ],
)
def test_the_container_has_what_the_settings_need(
    settings: str, options: list[str], project: Project
) -> None:
    project.write("digest.toml", settings)
    run = containerfile(project, TZ="Asia/Tokyo").commands["run"]
    here = str(project.folder)
    assert run[run.index("-v") :] == ["-v", f"{here}:{here}", "-w", here, *options, "digest"]


def test_the_container_has_the_places_that_the_settings_name(odd: Project) -> None:
    base = odd.folder.parent
    (odd.folder / "linked").symlink_to(base / "elsewhere")
    odd.write(
        "digest.toml",
        "[[sources]]\nfolder = 'linked'\n[[sources]]\nfolder = 'seeds'\n"
        "[[sources]]\nfeed = '../feed.xml'\n[[sources]]\nfeed = 'https://post.example/feed'\n"
        f"[folders]\noutbox = '../out'\nstate = '{base}/state'\n"
        "[smtp]\nhost = 'smtp.post.example'\nca = '../ca.pem'\n"
        "username = 'n'\npassword_file = '../secret'\n"
        "[dkim]\nselector = 'digest'\nkey_file = '../dkim.pem'\n",
    )
    names = [ODD, "out", "state", "elsewhere", "feed.xml", "secret", "ca.pem", "dkim.pem"]
    assert containerfile(odd).values("-v") == [f"{base / it}:{base / it}" for it in names]


def test_a_linked_file_holds_for_the_folder_that_it_is_in(odd: Project) -> None:
    elsewhere = odd.folder.parent / "common.toml"
    (odd.folder / "digest.toml").rename(elsewhere)
    (odd.folder / "digest.toml").symlink_to(elsewhere)
    file = containerfile(odd)
    assert file.values("-v") == [f"{it}:{it}" for it in (odd.folder, elsewhere)]
    assert file.values("-w") == [str(odd.folder)]
    started = by_unit(odd)
    assert started.folder == str(odd.folder)
    assert started.command[-1] == str(odd.folder / "digest.toml")


def test_a_file_of_another_name_is_named(project: Project) -> None:
    project.write("news/weekly.toml", '[newsletter]\nid = "weekly"')
    file = containerfile(project, "--config", "news/weekly.toml")
    assert file.values("-w") == [str(project.folder / "news")]
    for name, command in (("CMD", "schedule"), ("HEALTHCHECK", "health")):
        assert file.words(name) == ["digest", command, "--config", "weekly.toml"]
    assert file.commands["exec"] == ["digest-weekly", *file.words("HEALTHCHECK")]


@pytest.mark.parametrize(
    ("name", "option"),
    [("a:b", "--container"), ("a\nb", "--container"), ("a\nb", "--systemd")],
    ids=["colon", "newline in a container", "newline in a unit"],
)
def test_a_folder_that_cannot_be_written_down(name: str, option: str, tmp_path: Path) -> None:
    project = Project(tmp_path / name)
    project.write("digest.toml", "")
    printed = project.digest("schedule", option)
    assert (printed.returncode, printed.stdout) == (2, "")


# --- the unit ---


def test_a_unit_that_systemd_accepts(odd: Project) -> None:
    odd.write("digest.toml", SMTP.format("smtp.post.example"))
    printed = odd.digest("schedule", "--systemd").stdout
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("needs systemd-analyze")
    file = odd.folder.parent / "digest-digest.service"
    file.write_text(printed, "utf-8")
    done = subprocess.run(
        [verify, "verify", file], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_may_write_where_the_scheduler_does(odd: Project) -> None:
    odd.write("digest.toml", "[folders]\noutbox = '../out/issues'")
    (odd.folder.parent / "out").mkdir()
    writes = shlex.split(single(unit(odd)["ReadWritePaths"], "%"))
    assert writes == [str(odd.folder), str(odd.folder.parent / "out")]


def test_the_unit_has_the_password(odd: Project) -> None:
    assert "EnvironmentFile" not in unit(odd)
    odd.write("digest.toml", SMTP.format("smtp.post.example"))
    assert unit(odd)["EnvironmentFile"] == "/etc/digest-digest.env"
    assert "a line SMTP_PASSWORD='...'" in odd.digest("schedule", "--systemd").stdout
