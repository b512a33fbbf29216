from registry import ENGINES, MODELS, SHELF, WRITTEN, build_head
from torch import nn


class Detector(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.head = MODELS.build(cfg.head)
        self.neck = build_head(cfg.neck)
        self.engine = ENGINES.build(cfg.engine)
        self.shelved = SHELF.get(cfg.name)()
        self.written = WRITTEN.build(cfg.written)

    def forward(self, x):
        x = self.neck.forward(x)  # FWD101:23
        x = self.engine.forward(x)
        x = self.shelved.forward(x)  # FWD101:26
        x = self.written.forward(x)
        return self.head.forward(x)  # FWD101:26
