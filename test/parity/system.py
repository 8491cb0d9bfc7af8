"""What the systems under test are made of: a function each, in the modules beside this one, that gives a System."""
from typing import AbstractSet, Callable, Mapping, NamedTuple

import torch
from torch import nn
from torch.nn import functional as F


class System(NamedTuple):
    # what has weights, by the path that these have in fmw
    parts: Mapping[str, object]
    # outputs by name, from inputs by name; maps are [batch, c, h, w]
    forward: Callable
    # by path, the intervals in which weights are kept after each step
    within: Mapping[str, tuple] = {}
    # the paths of parts that do not learn
    frozen: AbstractSet[str] = frozenset()


def ones(*shape):
    return nn.Parameter(torch.ones(*shape))


def per_channel(values):
    """[c] or [batch, c] as [1 or batch, c, 1, 1]."""
    return values.reshape(-1, values.shape[-1], 1, 1)


def pooled(maps):
    return F.adaptive_avg_pool2d(maps, 1).flatten(1)


def peaks(maps):
    return F.adaptive_max_pool2d(maps, 1).flatten(1)
