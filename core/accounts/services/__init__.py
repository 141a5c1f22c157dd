"""Writes about people: who is added, what they may, their tokens and sign-in links."""

from core.accounts.services.links import keep_to_oneself, make_signin_link, redeem
from core.accounts.services.people import (
    add_person,
    change_profile,
    grant_programs,
    revoke_programs,
    take_browser_zone,
)
from core.accounts.services.tokens import create_token, revoke_token

__all__ = [
    "add_person",
    "change_profile",
    "create_token",
    "grant_programs",
    "keep_to_oneself",
    "make_signin_link",
    "redeem",
    "revoke_programs",
    "revoke_token",
    "take_browser_zone",
]
