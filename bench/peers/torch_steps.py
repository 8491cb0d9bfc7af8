"""Takes so many steps of a network of the benchmarks for each line on stdin, and says that it is done.

usage: torch_steps.py NETWORK STEPS"""

import sys

import torch
from torch import nn
from torch.nn import functional as F

TABLE = [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5], [0, 1, 2, 3], [1, 2, 3, 4],
         [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5], [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]


def squash(x):
    return 1.7159 * torch.tanh(2 / 3 * x)


class Subsample(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.coefficient = nn.Parameter(torch.ones(channels, 1, 1))
        self.bias = nn.Parameter(torch.zeros(channels, 1, 1))

    def forward(self, x):
        return squash(F.avg_pool2d(x, 2) * self.coefficient + self.bias)


class LeNet5(nn.Module):
    """With the sixteen convolutions of C3 as they are written."""

    shape = (1, 32, 32)

    def __init__(self):
        super().__init__()
        self.c1, self.s2, self.s4 = nn.Conv2d(1, 6, 5), Subsample(6), Subsample(16)
        self.c3 = nn.ModuleList(nn.Conv2d(len(maps), 1, 5) for maps in TABLE)
        self.c5, self.f6 = nn.Conv2d(16, 120, 5), nn.Linear(120, 84)
        self.register_buffer('digits', torch.sign(torch.randn(10, 84)))

    def forward(self, x):
        s2 = self.s2(squash(self.c1(x)))
        c3 = torch.cat([conv(s2[:, maps]) for conv, maps in zip(self.c3, TABLE)], 1)
        f6 = squash(self.f6(squash(self.c5(self.s4(squash(c3)))).flatten(1)))
        return -0.5 * ((f6[:, None] - self.digits) ** 2).sum(2)


class Compared(nn.Module):
    shape = (1, 28, 28)

    def __init__(self):
        super().__init__()
        self.stem, self.a, self.b = nn.Conv2d(1, 16, 3, 2, 1), nn.Conv2d(16, 16, 3, 1, 1), nn.Conv2d(16, 16, 3, 1, 1)
        self.head = nn.Linear(16, 10)

    def forward(self, x):
        y = F.max_pool2d(F.relu(self.a(F.relu(self.stem(x)))), 2)
        return self.head(F.relu(self.b(y)).mean((2, 3)))


def conv(inputs, filters, size, stride):
    return nn.Sequential(nn.Conv2d(inputs, filters, size, stride, size // 2, bias=False), nn.BatchNorm2d(filters))


class Residual(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.a = nn.Sequential(conv(inputs, width, 3, stride), nn.ReLU(), conv(width, width, 3, 1))
        self.b = nn.Identity() if stride == 1 else conv(inputs, width, 1, stride)

    def forward(self, x):
        return F.relu(self.a(x) + self.b(x))


class SmallResNet(nn.Module):
    shape = (3, 64, 64)

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(conv(3, 16, 3, 2), nn.ReLU(), Residual(16, 16, 1), Residual(16, 32, 2), Residual(32, 64, 2))
        self.head = nn.Linear(64, 10)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))


model = {'lenet5': LeNet5, 'compared': Compared, 'small-resnet': SmallResNet}[sys.argv[1]]()
adam = torch.optim.Adam(model.parameters(), lr=0.001, eps=1e-7)
images, labels = torch.rand(32, *model.shape), torch.randint(0, 10, (32,))
print('ready', flush=True)
for _ in sys.stdin:
    for _ in range(int(sys.argv[2])):
        adam.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        adam.step()
        loss.item()
    print('done', flush=True)
