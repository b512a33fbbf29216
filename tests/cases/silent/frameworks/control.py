import torch

torch.nn.Linear(2, 2).forward(torch.ones(2))  # FWD101:23
