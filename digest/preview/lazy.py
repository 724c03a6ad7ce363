"""A property that is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Self, TypeVar, overload

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class cached_property(Generic[Owner, Value]):  # noqa: N801  named like the one that it stands for
    """As that of `functools`, which until Python 3.12 has one lock for all instances of a class.

    There, a screen whose checks are slow would keep every other visitor's screen waiting. Two
    threads that ask the same instance at once may both make the value.
    """

    def __init__(self, make: Callable[[Owner], Value]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type[Owner]) -> Self: ...
    @overload
    def __get__(self, instance: Owner, owner: type[Owner]) -> Value: ...
    def __get__(self, instance: Owner | None, owner: type[Owner]) -> Self | Value:
        if instance is None:
            return self
        value = self._make(instance)
        # From now on the attribute of the instance stands before this descriptor.
        vars(instance)[self._name] = value
        return value
