"""People: one row each, with the address they sign in with and how they read dates and words."""

import zoneinfo
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken


def validate_time_zone(value: str) -> None:
    """Refuse a name that the time zone database does not have."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(value)s” is no time zone. Write it as Europe/London."), params={"value": value})


class UserManager(BaseUserManager["User"]):
    """Makes people; addresses are kept in lower case, so that one person has one row."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Staff run the installation and may let people create programs; it opens no program to them."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    language = models.CharField(_("language"), max_length=10, choices=settings.WISHED_LANGUAGES, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    may_create_programs = models.BooleanField(_("may create programs"), default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] or self.email

    @property
    def shown_language(self) -> str:
        """The language that pages and mails have for them: the one they wish for, else the product's own, wholly."""
        return self.language if self.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class TokenScope(models.TextChoices):
    """What a token opens; write includes read."""

    READ = "read", _("read")
    WRITE = "write", _("read and write")


class ApiToken(AbstractAuthToken):  # type: ignore[misc]  # knox ships no types
    """A key to the API that stands for its person: only its hash is kept, `token_key` is its first characters."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    scope = models.CharField(_("scope"), max_length=5, choices=TokenScope, default=TokenScope.READ)
    last_used_at = models.DateTimeField(null=True, editable=False)

    # Knox's own manager reads the clock; services make tokens with the instant they are given.
    objects: ClassVar[models.Manager["ApiToken"]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(scope__in=TokenScope.values), name="token_scope_is_known"),
            models.CheckConstraint(condition=models.Q(expiry__isnull=False), name="token_expires"),
        ]

    def __str__(self) -> str:
        return self.name


class SignInLink(models.Model):
    """A link that signs one person in once; only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="sign_in_link_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"sign-in link {self.pk}"
