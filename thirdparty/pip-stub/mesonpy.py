"""Stands in for the build backend of the one pinned source archive.

`pip download` asks a source distribution's backend for its metadata. With
`--no-build-isolation` and this folder first on PYTHONPATH it asks this module, which names the
package and runs nothing of the archive.
"""

import os
import pathlib
import re


def _pinned():
    requirements = pathlib.Path(__file__).resolve().parent.parent / "requirements.txt"
    match = re.search(r"^([\w-]+)==(\S+)", requirements.read_text(), re.MULTILINE)
    return match.group(1), match.group(2)


def get_requires_for_build_wheel(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    name, version = _pinned()
    folder = f"{name}-{version}.dist-info"
    os.makedirs(os.path.join(metadata_directory, folder), exist_ok=True)
    with open(os.path.join(metadata_directory, folder, "METADATA"), "w", encoding="utf-8") as out:
        out.write(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    return folder


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    raise RuntimeError("nothing is built by pip here; the C sources are compiled by CMake")
