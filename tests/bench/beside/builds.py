# SPDX-License-Identifier: Apache-2.0
"""The two programs: of a commit, and of this checkout as it stands."""
import os
import shutil
import subprocess
import tarfile

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "../../.."))
WORK = os.path.join(ROOT, "build", "beside_merge_base")
LOG_LINES = 15  # of a build that failed


class Failed(Exception):
    """Said to the user as it is."""


def git(*command):
    done = subprocess.run(["git", *command], cwd=ROOT, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        raise Failed(f"git {' '.join(command)}: {done.stderr.strip()}")
    return done.stdout.strip()


def is_there(revision):
    return subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", revision + "^{commit}"],
        cwd=ROOT, stdout=subprocess.DEVNULL).returncode == 0


def base_commit(given):
    """What was given, or the merge base of HEAD with main, here or where it
    was cloned from."""
    if given:
        if not is_there(given):
            raise Failed(f"--base {given}: there is no such revision")
        return git("rev-parse", given + "^{commit}")
    main = next((one for one in ("main", "origin/main") if is_there(one)), None)
    if not main:
        raise Failed("there is no branch main, here or at origin: name the "
                     "base with --base REVISION")
    commit = git("merge-base", "HEAD", main)
    if commit == git("rev-parse", "HEAD") and not is_changed():
        raise Failed("HEAD is the merge base with main, and nothing is "
                     "uncommitted: there is nothing to compare. Name another "
                     "base, as in --base HEAD~5")
    return commit


def is_changed():
    return bool(git("status", "--porcelain", "--untracked-files=no"))


def unpacked(commit):
    """The base's files. They stay for the next run, which then compiles
    nothing; only those of one base are kept."""
    folder = os.path.join(WORK, "base")
    mark = os.path.join(WORK, "base.commit")
    if os.path.exists(mark):
        with open(mark, encoding="utf-8") as file:
            if file.read() == commit:
                return folder
        os.remove(mark)
    shutil.rmtree(folder, ignore_errors=True)
    packer = subprocess.Popen(["git", "archive", "--format=tar", commit],
                              cwd=ROOT, stdout=subprocess.PIPE)
    with packer, tarfile.open(fileobj=packer.stdout, mode="r|") as archive:
        archive.extractall(folder)
    if packer.returncode:
        raise Failed(f"git archive {commit} failed")
    with open(mark, "w", encoding="utf-8") as file:
        file.write(commit)
    return folder


def compiler_cache(source):
    """So that ccache, where it is installed, sees the same paths in both
    sources and compiles twice only what differs."""
    if not shutil.which("ccache"):
        return {}
    return {"CMAKE_CXX_COMPILER_LAUNCHER": "ccache", "CCACHE_BASEDIR": source,
            "CCACHE_NOHASHDIR": "1"}


def build_folder(source, name, quick_link):
    """As deep in its source as build/release is: for ccache, paths from there
    are part of what is compiled."""
    return os.path.join(source, "build", f"beside_merge_base.{name}" +
                        (".quick" if quick_link else ""))


def build(source, name, quick_link, jobs):
    """The program of a source."""
    folder = build_folder(source, name, quick_link)
    log = os.path.join(WORK, f"{name}.log")
    link_time = "OFF" if quick_link else "ON"
    with open(log, "w", encoding="utf-8") as file:
        for command in (
                ["cmake", "--preset", "release", "-B", folder,
                 f"-DCMAKE_INTERPROCEDURAL_OPTIMIZATION={link_time}"],
                ["cmake", "--build", folder, "--target", "simwarden",
                 *(["--parallel", str(jobs)] if jobs else [])]):
            done = subprocess.run(command, cwd=source, stdout=file,
                                  stderr=subprocess.STDOUT,
                                  env=os.environ | compiler_cache(source))
            if done.returncode:
                raise Failed(f"{name} does not build; the end of {log}:\n" +
                             end_of(log))
    return os.path.join(folder, "simwarden")


def end_of(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return "".join(file.readlines()[-LOG_LINES:])
