# SPDX-License-Identifier: MIT OR Apache-2.0
"""Read the image back; prove. Shares no decoder with the lowering: capstone reads here."""

from __future__ import annotations

from zeroos_build.verify.finish import finish, finish_process, verify_image

__all__ = ["finish", "finish_process", "verify_image"]
