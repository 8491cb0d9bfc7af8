"""Writes networks with Keras's names and layouts, and what they compute: keras_networks.py NAME FOLDER

FOLDER gets net.npz (in the order of the layers), sorted.npz, and x.npy and y.npy, channels last. Keras is not here: the formulas of its layers
are written with PyTorch's functions.
"""
import sys

import numpy
import torch
from torch.nn import functional as F

rng = numpy.random.default_rng(7)
weights = {}


def made(name, *shape, low=None, high=None):
    fan = numpy.prod(shape[:-1]) if len(shape) > 1 else 1
    values = rng.uniform(-1, 1, shape) * (3 / fan) ** .5 if low is None else rng.uniform(low, high, shape)
    weights[name] = values.astype('float32')
    return torch.from_numpy(weights[name])


def conv(x, name, filters, size, stride=1, bias=False):
    kernel = made(f'{name}/kernel', size, size, x.shape[1], filters)
    return F.conv2d(x, kernel.permute(3, 2, 0, 1), made(f'{name}/bias', filters) if bias else None, stride, size // 2)


def depthwise(x, name, stride=1, multiplier=1, word='depthwise_kernel'):
    kernel = made(f'{name}/{word}', 3, 3, x.shape[1], multiplier)
    return F.conv2d(x, kernel.permute(2, 3, 0, 1).reshape(-1, 1, 3, 3), None, stride, 1, groups=x.shape[1])


def batch_norm(x, name, epsilon):
    count = x.shape[1]
    gamma, beta = made(f'{name}/gamma', count, low=.5, high=1.5), made(f'{name}/beta', count, low=-.3, high=.3)
    mean, variance = made(f'{name}/moving_mean', count, low=-.3, high=.3), made(f'{name}/moving_variance', count, low=.5, high=1.5)
    return F.batch_norm(x, mean, variance, gamma, beta, eps=epsilon)


def dense(x, name, units):
    return x @ made(f'{name}/kernel', x.shape[1], units) + made(f'{name}/bias', units)


def MobileNetV2():
    """With keras.applications' names, and padding and epsilon of PyTorch's, as in examples/mobilenet-v2.fmw."""
    x = torch.from_numpy(rng.normal(size=(1, 3, 224, 224)).astype('float32'))
    y = F.relu6(batch_norm(conv(x, 'Conv1', 32, 3, 2), 'bn_Conv1', 1e-5))
    block = 0
    for expansion, channels, count, stride in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]:
        for i in range(count):
            name = f'block_{block}_' if block else 'expanded_conv_'
            inner, step = y, stride if i == 0 else 1
            if expansion > 1:
                y = F.relu6(batch_norm(conv(y, f'{name}expand', y.shape[1] * expansion, 1), f'{name}expand_BN', 1e-5))
            y = F.relu6(batch_norm(depthwise(y, f'{name}depthwise', step), f'{name}depthwise_BN', 1e-5))
            y = batch_norm(conv(y, f'{name}project', channels, 1), f'{name}project_BN', 1e-5)
            if step == 1 and inner.shape[1] == channels:
                y = inner + y
            block += 1
    y = F.relu6(batch_norm(conv(y, 'Conv_1', 1280, 1), 'Conv_1_bn', 1e-5))
    return x, dense(y.mean((2, 3)), 'predictions', 1000)


def Small():
    """With the names that Keras gives by itself; a separable and a transposed convolution, and a flattened map."""
    x = torch.from_numpy(rng.normal(size=(2, 3, 8, 8)).astype('float32'))
    y = F.relu(batch_norm(conv(x, 'conv2d', 6, 3, bias=True), 'batch_normalization', 1e-3))
    y = F.relu(batch_norm(conv(y, 'conv2d_1', 6, 3, bias=True), 'batch_normalization_1', 1e-3))
    y = F.relu(batch_norm(conv(y, 'conv2d_2', 6, 3, bias=True), 'batch_normalization_2', 1e-3))
    y = depthwise(y, 'separable_conv2d')
    pointwise = made('separable_conv2d/pointwise_kernel', 1, 1, 6, 4)
    y = F.relu(F.conv2d(y, pointwise.permute(3, 2, 0, 1), made('separable_conv2d/bias', 4)))
    # [height, width, out, in]
    up = made('conv2d_transpose/kernel', 2, 2, 5, 4)
    y = F.conv_transpose2d(y, up.permute(3, 2, 0, 1), made('conv2d_transpose/bias', 5), 2)
    y = F.layer_norm(y.permute(0, 2, 3, 1), (5,), made('layer_normalization/gamma', 5, low=.5, high=1.5), made('layer_normalization/beta', 5), 1e-5)
    return x, dense(torch.tanh(dense(y.flatten(1), "dense", 7)), "dense_1", 7)


def main(name, folder):
    with torch.no_grad():
        x, y = globals()[name]()
    numpy.savez(f'{folder}/net.npz', **weights)
    numpy.savez(f'{folder}/sorted.npz', **dict(sorted(weights.items())))
    numpy.save(f'{folder}/x.npy', x.permute(0, 2, 3, 1).contiguous().numpy())
    numpy.save(f'{folder}/y.npy', y.numpy())


main(*sys.argv[1:])
