"""A module of functions, as a compiled extension is."""


def forward(model):
    return model
