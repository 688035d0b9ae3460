"""Systems with an input. Closing the loop, or prescribing the input, gives back a plain kind."""

import abc
from collections.abc import Callable
from typing import Any, ClassVar

import equinox as eqx
from jaxtyping import Array, Float

from ._param import param
from ._system import Derived, Flow, Map, Point, System, Time, as_point

__all__ = ["ControlledFlow", "ControlledMap"]


class ControlledFlow(System):
    r"""$\dot x = f(t, x, u)$ with an input `u` of shape `(inputs,)`. Define `vector_field`."""

    @abc.abstractmethod
    def vector_field(self, t: Time, x: Point, u: Float[Array, " inputs"]) -> Any:
        """The velocity under the input `u`."""

    def close(self, policy: Callable[[Any, Point], Any]) -> Flow:
        """Feedback `u = policy(t, x)`: an ordinary `Flow`."""
        return _ClosedFlow(self, policy)

    def drive(self, signal: Callable[[Any], Any]) -> Flow:
        """A prescribed input `u = signal(t)`: an ordinary (time-dependent) `Flow`."""
        return _ClosedFlow(self, _Open(signal))


class ControlledMap(System):
    r"""$x_{n+1} = F(n, x_n, u_n)$ with an input `u` of shape `(inputs,)`. Define `step`."""

    dt: ClassVar[Any] = 1.0

    @abc.abstractmethod
    def step(self, n: Any, x: Point, u: Float[Array, " inputs"]) -> Any:
        """The next state under the input `u`."""

    def close(self, policy: Callable[[Any, Point], Any]) -> Map:
        """Feedback `u = policy(n, x)`: an ordinary `Map`."""
        return _ClosedMap(of=self, policy=policy, dt=self.dt)

    def drive(self, signal: Callable[[Any], Any]) -> Map:
        """A prescribed input `u = signal(n)`: an ordinary `Map`."""
        return _ClosedMap(of=self, policy=_Open(signal), dt=self.dt)


class _Open(eqx.Module):
    """A signal read as a policy that ignores the state."""

    signal: Callable[[Any], Any]

    def __call__(self, t, x):
        del x
        return self.signal(t)


class _ClosedFlow(Derived, Flow):
    of: ControlledFlow
    policy: Callable[[Any, Any], Any]

    def vector_field(self, t, x):
        return as_point(self.of.vector_field(t, x, as_point(self.policy(t, x))))


class _ClosedMap(Derived, Map):
    of: ControlledMap
    policy: Callable[[Any, Any], Any]
    dt: Any = param()

    def step(self, n, x):
        return as_point(self.of.step(n, x, as_point(self.policy(n, x))))
