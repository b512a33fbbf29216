"""Registries of the project: what they build is what is registered with them."""

from fvcore.common.registry import Registry as Shelf
from mmengine.registry import MODELS as PARENT
from mmengine.registry import Registry

MODELS = Registry("model", parent=PARENT)
HEADS = MODELS
ENGINES = Registry("engine")
SHELF = Shelf("SHELF")
WRITTEN = Registry("written")


def build_head(cfg):
    return HEADS.build(cfg)
