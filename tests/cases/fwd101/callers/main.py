from nets import Net, Plain
from trainers import (
    TRAINERS,
    Explicit,
    Longer,
    Same,
    Trainer,
    either,
    pair,
    start,
    train as fit,
)


def main(name, x):
    trainer = Trainer(Net(), other=Plain())
    trainer.fit(x)
    trainer.step(Net(), x)
    Trainer.make(Net())
    Longer(Net())
    Explicit(Net())
    Same(model=Net())
    TRAINERS[name](Net())
    fit(Net(), x)
    either(Net(), x)
    either(Plain(), x)
    pair([Net(), Plain()], x)
    start(Net(), x)
