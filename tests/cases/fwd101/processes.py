"""Parameters of functions that threads and processes are started with."""

import multiprocessing
from threading import Thread

import torch
from torch import nn


class Net(nn.Module):
    pass


def act(args, net, other, x):
    net.forward(x)  # FWD101:9
    other.forward(x)
    args.forward(x)


def learn(net, target, x):
    net.forward(x)  # FWD101:9
    target.forward(x)  # FWD101:12


def start(load, x):
    net, context = Net(), multiprocessing.get_context("spawn")
    context.Process(target=act, args=(load(), net, load(), torch.zeros(1))).start()
    Thread(target=learn, args=(net, net), kwargs={"x": x}).start()
    learn(load(), net, x)
