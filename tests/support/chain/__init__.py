# SPDX-License-Identifier: MIT
"""The parts of chain.py."""
