"""Libraries of the rig that are put before all others in a program that is to meet a fault."""

import subprocess
from pathlib import Path


def preloaded(name: str, folder: Path) -> dict[str, str]:
    """Compile a library of the rig; return the environment that puts it before all others."""
    library = folder / f"{name}.so"
    source = Path(__file__).parent / f"{name}.c"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, source], check=True)
    return {"LD_PRELOAD": str(library)}
