"""__call__ with code of its own around Module's."""

import functools

import torch
from torch import nn
from torch.nn import Module


class Base(nn.Module):
    def forward(self, x):
        return x


class BySuper(nn.Module):
    def __call__(self, x):  # FWD202:9
        return super().__call__(x.float())


class ByOldSuper(nn.Module):
    def __call__(self, *args, **kwargs):  # FWD202:9
        out = super(ByOldSuper, self).__call__(*args, **kwargs)
        return out[0]


class ByModule(nn.Module):
    def __call__(self, x):  # FWD202:9
        return nn.Module.__call__(self, x) * 2


class ByImportedModule(Module):
    def __call__(self, x):  # FWD202:9
        return Module.__call__(self, x) * 2


class ByBase(Base):
    def __call__(self, x):  # FWD202:9
        return Base.__call__(self, x) + 1


class ByImplementation(nn.Module):
    def __call__(self, x):  # FWD202:9
        return self._call_impl(x) + 1


class ByWrappedImplementation(nn.Module):
    def __call__(this, x):  # FWD202:9
        return this._wrapped_call_impl(x) + 1


class Implementation(nn.Module):
    def _call_impl(self, x):  # FWD202:9
        return super()._call_impl(x.float())


class Asynchronous(nn.Module):
    async def __call__(self, x):  # FWD202:15
        return super().__call__(await x)


class Stored(nn.Module):
    def __call__(self, x):  # FWD202:9
        call = super().__call__
        return call(x.float())


class StoredSuper(nn.Module):
    def __call__(self, x):  # FWD202:9
        parent = super()
        return parent.__call__(x.float())


class Guarded(nn.Module):
    def __call__(self, x):  # FWD202:9
        with torch.no_grad():
            return super().__call__(x)


class Attempted(nn.Module):
    def __call__(self, x):  # FWD202:9
        try:
            return super().__call__(x)
        except RuntimeError:
            return super().__call__(x.cpu())


class Sometimes(nn.Module):
    def __call__(self, x):  # FWD202:9
        if isinstance(x, dict):
            return super().__call__(**x)
        return self.forward(x)


class Nested(nn.Module):
    def __call__(self, x):  # FWD202:9
        def run():
            return super(Nested, self).__call__(x)

        return run()


class Decorated(nn.Module):
    @torch.no_grad()
    def __call__(self, *args, **kwargs):  # FWD202:9
        return super().__call__(*args, **kwargs)


class SideEffect(nn.Module):
    def __call__(self, *args, **kwargs):  # FWD202:9
        self.calls += 1
        return super().__call__(*args, **kwargs)


class Assigned(nn.Module):
    __call__ = functools.wraps(nn.Module.__call__)(nn.Module.__call__)  # FWD202:5


class OtherLocal(nn.Module):
    def __call__(self, x):  # FWD202:9
        out = super().__call__(x)
        return x


def doubled(self, x):
    return nn.Module.__call__(self, x) * 2


class ByFunction(nn.Module):
    __call__ = doubled  # FWD202:5


class Unpacked(nn.Module):
    def __call__(self, batch):  # FWD202:9
        return super().__call__(*batch)


class Constant(nn.Module):
    def __call__(self, x):  # FWD202:9
        return super().__call__(x, True)


class Dropped(nn.Module):
    def __call__(self, x, verbose=False):  # FWD202:9
        return super().__call__(x)


class DroppedKeywords(nn.Module):
    def __call__(self, *args, **kwargs):  # FWD202:9
        return super().__call__(*args)


class Doubled(nn.Module):
    def __call__(self, x):  # FWD202:9
        return super().__call__(x, x)


class Swapped(nn.Module):
    def __call__(self, x, y):  # FWD202:9
        return super().__call__(y, x)


class Renamed(nn.Module):
    def __call__(self, x, y):  # FWD202:9
        return super().__call__(x=y, y=x)


class NoReturn(nn.Module):
    def __call__(self, x):  # FWD202:9
        super().__call__(x)


class Conditional(nn.Module):
    if torch.cuda.is_available():

        def __call__(self, x):  # FWD202:13
            return super().__call__(x.cuda())
