"""Parameters that something is done with before they are stored, and others."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn import Parameter

from missing import change
from missing import Parameter as Unknown


class Changed(nn.Module):
    def __init__(self, n, device):
        super().__init__()
        self.a = nn.Parameter(torch.zeros(n)).cuda()  # FWD404:21
        self.b = nn.Parameter(torch.zeros(n)).to(device)  # FWD404:21
        self.c = nn.Parameter(torch.zeros(n)).half()  # FWD404:21
        self.d = 0.1 * nn.Parameter(torch.randn(n))  # FWD404:27
        self.e = nn.Parameter(torch.randn(n)) * 0.1  # FWD404:21
        self.f = -Parameter(torch.randn(n))  # FWD404:19
        self.g = nn.Parameter(torch.randn(n)).unsqueeze(0)  # FWD404:21
        self.h = nn.Parameter(torch.randn(n))[None]  # FWD404:21
        self.i = nn.Parameter(torch.randn(n)).requires_grad_().view(-1)  # FWD404:21
        self.j = torch.sigmoid(nn.Parameter(torch.zeros(n)))  # FWD404:35
        self.k = F.softmax(nn.Parameter(torch.zeros(n)), dim=0)  # FWD404:31
        self.l: torch.Tensor = nn.Parameter(torch.zeros(n, n)).t()  # FWD404:35
        self.m = nn.Parameter(torch.zeros(n, n)).T  # FWD404:21
        self.o = nn.Parameter(torch.zeros(n)).clone()  # FWD404:21
        self.p = nn.Parameter(torch.zeros(n)) / n ** 0.5  # FWD404:21
        self.q = nn.init.normal_(nn.Parameter(torch.zeros(n)))
        self.r = nn.init.normal_(nn.Parameter(torch.zeros(n))).cuda()

    def build(self, n):
        self.s = nn.Parameter(torch.zeros(n)).expand(2, n)  # FWD404:21


class Kept(nn.Module):
    def __init__(self, n, device, given):
        super().__init__()
        self.a = nn.Parameter(torch.zeros(n))
        self.b = nn.Parameter(torch.zeros(n).cuda())
        self.c = nn.Parameter(torch.zeros(n)).requires_grad_(False)
        self.d = nn.Parameter(torch.zeros(n)).float()
        self.e = nn.Parameter(torch.zeros(n)).contiguous()
        self.f = nn.Parameter(torch.zeros(n, device=device)).to(device)
        self.g = nn.Parameter(given).cuda()
        self.h = nn.Parameter(torch.zeros(n, dtype=torch.half)).half()
        self.i = nn.Parameter(torch.zeros(n)).data
        self.j = nn.Parameter(torch.zeros(n)).detach()
        self.k = nn.Parameter(torch.zeros(n)).register_hook(print)
        self.l = nn.Parameter(torch.zeros(n)).numel()
        self.m = change(nn.Parameter(torch.zeros(n)))
        self.o = Unknown(torch.zeros(n)).cuda()
        self.p = nn.Parameter(torch.zeros(n)).cuda()
        self.p = nn.Parameter(self.p)
        self.q = nn.Parameter(torch.zeros(n)) if n else None
        self.r = [nn.Parameter(torch.zeros(n)), n][1]
        local = nn.Parameter(torch.zeros(n)) * 2
        self.s = n
        self.t = nn.Parameter(torch.zeros_like(given)).to(device)
        self.u = nn.Parameter(torch.zeros(n)).shape[0]
        self.layer.v = nn.Parameter(torch.zeros(n)) * 2
        self.w = nn.Parameter(torch.zeros(n)).cpu()
        self.register_parameter("x", nn.Parameter(torch.zeros(n)))
        print(local)

    def sample(self, n):
        return nn.Parameter(torch.zeros(n)).cuda()


class Plain:
    def __init__(self, n):
        self.a = nn.Parameter(torch.zeros(n)).cuda()


class Control(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Parameter(torch.zeros(n)).cuda()  # FWD404:21
        self.b = nn.Parameter(torch.zeros(n)).cpu().float().cuda()  # FWD404:21
        self.c = nn.Parameter(torch.zeros(n)).to("cuda")  # FWD404:21
        self.d = nn.Parameter(torch.zeros(n)).to("cpu", torch.half)  # FWD404:21
        self.e = nn.Parameter(torch.zeros(n)).to("cpu", copy=True)  # FWD404:21
        self.f = nn.Parameter(torch.zeros(n)).to("cpu") * 2  # FWD404:21


class Defaults(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Parameter(torch.zeros(n)).to("cpu")
        self.b = nn.Parameter(torch.zeros(n)).to(torch.float32)
        self.c = nn.Parameter(torch.zeros(n)).to(device="cpu", dtype=torch.float)
        self.d = nn.Parameter(torch.zeros(n)).to(torch.device("cpu"))
        self.e = nn.Parameter(torch.zeros(n)).to("cpu", copy=False)
        self.f = nn.Parameter(torch.zeros(n)).to(float)  # FWD404:21
