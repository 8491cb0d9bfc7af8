"""Ways of weighting feature maps."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from system import System, ones, peaks, per_channel, pooled


def halves(count):
    return torch.tensor([0.5 if i % 2 == 0 else 1.0 for i in range(count)])


def static_weighting():
    weights = halves(32)
    return System({}, lambda maps: {'weighted': maps * per_channel(weights)})


def weighted_convolution():
    conv, weights = nn.Conv2d(3, 8, 3), halves(8)
    return System({'maps/conv': conv}, lambda image: {'weighted': conv(image) * per_channel(weights)})


def learned_weighting():
    weights = ones(32)
    return System({'weighted/weight/scale': weights}, lambda maps: {'weighted': maps * per_channel(weights)})


def excitation(channels, ratio, bias=True):
    squeeze, excite = nn.Linear(channels, channels // ratio, bias=bias), nn.Linear(channels // ratio, channels, bias=bias)
    fc = nn.Sequential(squeeze, nn.ReLU(), excite, nn.Sigmoid())
    parts = {'weighted/weight/reduce': squeeze, 'weighted/weight/expand': excite}
    return System(parts, lambda maps: {'weighted': maps * per_channel(fc(pooled(maps)))})


def attention_weighting():
    return excitation(32, 16)


def attention_without_biases():
    return excitation(24, 5, bias=False)


def efficient(channels):
    t = int(abs((math.log2(channels) + 1) / 2))
    size = t if t % 2 else t + 1
    conv = nn.Conv1d(1, 1, size, padding=size // 2, bias=False)

    def forward(maps):
        weights = torch.sigmoid(conv(pooled(maps).unsqueeze(1))).squeeze(1)
        return {'weighted': maps * per_channel(weights)}

    return System({'weighted/weight/conv': conv}, forward)


def efficient_attention():
    return efficient(32)


def efficient_attention_of_many():
    return efficient(256)


def block_attention():
    """CBAM, with the epsilon and the momentum of the authors' code."""
    squeeze, expand = nn.Linear(32, 2), nn.Linear(2, 32)
    conv, norm = nn.Conv2d(2, 1, 7, padding=3, bias=False), nn.BatchNorm2d(1, eps=1e-5, momentum=0.01)

    def perceptron(vector):
        return expand(F.relu(squeeze(vector)))

    def forward(maps):
        x = maps * per_channel(torch.sigmoid(perceptron(pooled(maps)) + perceptron(peaks(maps))))
        seen = torch.cat([x.max(dim=1, keepdim=True).values, x.mean(dim=1, keepdim=True)], dim=1)
        return {'weighted': x * torch.sigmoid(norm(conv(seen)))}

    parts = {'squeeze/dense': squeeze, 'expand/dense': expand, 'spatial/conv': conv, 'spatial/norm': norm}
    return System({f'weighted/weight/{path}': part for path, part in parts.items()}, forward)
