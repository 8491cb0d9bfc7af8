"""Normalisation, and what else training does differently."""
import torch
from torch import nn
from torch.nn import functional as F

from system import System, ones, per_channel


def layer_instance(x, gamma, beta, rho, unbiased):
    def normal(axes):
        mean, variance = x.mean(axes, keepdim=True), x.var(axes, unbiased=unbiased, keepdim=True)
        return (x - mean) / torch.sqrt(variance + 1e-5)

    share = per_channel(rho)
    mixed = share * normal((2, 3)) + (1 - share) * normal((1, 2, 3))
    return mixed * per_channel(gamma) + per_channel(beta)


def adaptive_normalisation():
    """AdaLIN with the biased variances of the authors' TensorFlow code."""
    scale, offset, rho = nn.Linear(64, 32), nn.Linear(64, 32), ones(32)
    parts = {'y/dense': scale, 'y/dense_2': offset, 'y/norm/rho': rho}

    def forward(x, style):
        return {'y': layer_instance(x, scale(style), offset(style), rho, unbiased=False)}

    return System(parts, forward, within={'y/norm/rho': (0, 1)})


def adaptive_normalisation_unbiased():
    """AdaLIN with the unbiased variances of the authors' PyTorch code."""
    rho = ones(6)

    def forward(x, gamma, beta):
        return {'y': layer_instance(x, gamma, beta, rho, unbiased=True)}

    return System({'y/norm/rho': rho}, forward, within={'y/norm/rho': (0, 1)})


def batch_normalisation():
    """As PyTorch has it by default, and as Keras has it."""
    convs = [nn.Conv2d(3, 4, 3, bias=False), nn.Conv2d(4, 5, 3, bias=False)]
    norms = [nn.BatchNorm2d(4), nn.BatchNorm2d(5, eps=1e-3, momentum=0.01)]

    def forward(image):
        for conv, norm in zip(convs, norms):
            image = F.relu(norm(conv(image)))
        return {'y': image}

    parts = {'x/conv': convs[0], 'x/norm': norms[0], 'y/conv': convs[1], 'y/norm': norms[1]}
    return System(parts, forward)


def frozen_normalisation():
    """Frozen, it normalises by its moving statistics in training too, and neither these nor its weights move."""
    frozen, norm, conv = nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4, eps=1e-3, momentum=0.01), nn.Conv2d(4, 5, 3)
    parts = {'x/Below/below/conv': frozen, 'x/Below/y/norm': norm, 'y/conv': conv}
    return System(parts, lambda image: {'y': conv(norm(frozen(image)))}, frozen={'x/Below/below/conv', 'x/Below/y/norm'})


def dropped():
    """The elements that fmw has kept come as an input, with which the rest is no longer random."""
    conv = nn.Conv2d(3, 4, 3)

    def forward(x, kept):
        return {'y': conv(x * kept / (1 - 0.4) if conv.training else x)}

    return System({'y/conv': conv}, forward)
