from registry import ENGINES, MODELS, SHELF, WRITTEN
from torch import nn


@MODELS.register_module()
class Head(nn.Module):
    def forward(self, x):
        return x


@MODELS.register_module(name="neck")
class Neck(nn.Module):
    def forward(self, x):
        return x


MODELS.register_module("layer", module=nn.Linear)


@ENGINES.register_module()
class Engine:
    def forward(self, x):
        return x


@SHELF.register()
class Shelved(nn.Module):
    def forward(self, x):
        return x


@WRITTEN.register_module()
class First(nn.Module):
    def forward(self, x):
        return x


WRITTEN["second"] = Engine
