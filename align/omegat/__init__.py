"""Projects of OmegaT, ready to open."""

from align.omegat.project import OmegatProject, write_omegat, write_omegat_project

__all__ = ["OmegatProject", "write_omegat", "write_omegat_project"]
