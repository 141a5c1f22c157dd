"""The cache in Redis, which may be away for a moment: counters then start anew, and nobody is turned away."""

from typing import Any

import redis
import structlog
from django.core.cache.backends.redis import RedisCache

logger = structlog.get_logger(__name__)


class ForgivingRedisCache(RedisCache):
    """Answers like an empty cache while the server is away; throttles let pass, the product goes on."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except redis.RedisError as error:
            return self._without("get", error, default)

    def set(self, key: Any, value: Any, timeout: Any = ..., version: int | None = None) -> None:
        try:
            super().set(key, value, self._timeout(timeout), version)
        except redis.RedisError as error:
            self._without("set", error, None)

    def add(self, key: Any, value: Any, timeout: Any = ..., version: int | None = None) -> bool:
        try:
            return bool(super().add(key, value, self._timeout(timeout), version))
        except redis.RedisError as error:
            return bool(self._without("add", error, True))

    def delete(self, key: Any, version: int | None = None) -> bool:
        try:
            return bool(super().delete(key, version))
        except redis.RedisError as error:
            return bool(self._without("delete", error, False))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        try:
            return int(super().incr(key, delta, version))
        except redis.RedisError as error:
            return int(self._without("incr", error, delta))

    def _timeout(self, timeout: Any) -> Any:
        return self.default_timeout if timeout is ... else timeout

    def _without(self, operation: str, error: redis.RedisError, answer: Any) -> Any:
        logger.warning("cache_is_away", operation=operation, error=str(error))
        return answer
