"""Ways of mixing convolutions."""
import torch
from torch import nn
from torch.nn import functional as F

from system import System, pooled


def convex(convs):
    """Y_1, Y_2, Y_3 on an axis of their own, which the softmax contracts: on that of the channels they do not fit (1, 3)."""
    logits = nn.Parameter(torch.zeros(len(convs)))

    def forward(x):
        return {'y': torch.tensordot(torch.softmax(logits, 0), torch.stack([conv(x) for conv in convs]), dims=1)}

    return logits, forward


def convex_combination():
    convs = [nn.Conv2d(3, 16, size, padding=size // 2) for size in (1, 3, 5)]
    logits, forward = convex(convs)
    return System(dict(zip(['y/conv', 'y/conv_2', 'y/conv_3'], convs)) | {'y/fuse/logits': logits}, forward)


def equal_convolutions():
    convs = [nn.Conv2d(16, 64, 3, padding=1) for _ in range(3)]
    logits, forward = convex(convs)
    return System({f'y/{k}/conv': conv for k, conv in enumerate(convs)} | {'y/fuse/logits': logits}, forward)


def experts(path, convs):
    """The parts of convolutions whose kernels and biases fmw keeps side by side."""
    return {f'{path}/{{}}/{k}': conv for k, conv in enumerate(convs)}


def one_convolution():
    """Three convolutions, for which fmw convolves once, with the combined kernel."""
    convs = [nn.Conv2d(16, 64, 3, padding=1) for _ in range(3)]
    logits, forward = convex(convs)
    return System({'logits': logits} | experts('y/conv', convs), forward)


def convolved_per_sample(x, weights, convs):
    """Each sample by its own sum of kernels, as one convolution with a group for each sample."""
    samples, channels, height, width = x.shape
    kernels = torch.einsum('bk,koihw->boihw', weights, torch.stack([conv.weight for conv in convs])).flatten(0, 1)
    biases = (weights @ torch.stack([conv.bias for conv in convs])).flatten()
    rows = x.reshape(1, samples * channels, height, width)
    y = F.conv2d(rows, kernels, biases, convs[0].stride, convs[0].padding, groups=samples)
    return y.reshape(samples, -1, *y.shape[2:])


def dynamic(channels, filters):
    """Chen et al. (2020): the softmax over four experts, flattened by a temperature."""
    convs = [nn.Conv2d(channels, filters, 3, padding=1) for _ in range(4)]
    reduce, expand = nn.Linear(channels, channels // 4, bias=False), nn.Linear(channels // 4, 4, bias=False)
    temperature = torch.ones(())

    def forward(x):
        attention = torch.softmax(expand(F.relu(reduce(pooled(x)))) / temperature, dim=1)
        return {'y': convolved_per_sample(x, attention, convs)}

    parts = {'y/conv/temperature': temperature, 'y/conv/reduce': reduce, 'y/conv/expand': expand}
    return System(parts | experts('y/conv/mixture', convs), forward)


def dynamic_convolution():
    return dynamic(16, 64)


def warm_dynamic_convolution():
    return dynamic(16, 6)


def conditional(channels, filters, count, **settings):
    """Yang et al. (2019): the routing weights are sigmoids and need not sum to 1."""
    convs = [nn.Conv2d(channels, filters, 3, **settings) for _ in range(count)]
    routing = nn.Linear(channels, count)

    def forward(x):
        return {'y': convolved_per_sample(x, torch.sigmoid(routing(pooled(x))), convs)}

    return System({'y/conv/routing/dense': routing} | experts('y/conv/mixture', convs), forward)


def conditional_convolution():
    return conditional(16, 64, 4, padding=1)


def strided_conditional_convolution():
    return conditional(5, 6, 8, stride=2)
