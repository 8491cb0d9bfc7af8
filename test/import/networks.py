"""Writes networks of PyTorch with weights of their own, and what they compute: networks.py NAME FOLDER

FOLDER gets net.safetensors (sorted by name, as safetensors.torch.save_file does), net.npz (in the order of the state), and for each input and
output x.npy and y.npy, channels first.
"""
import json
import sys
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.nn import functional as F


class Bottleneck(nn.Module):
    """As torchvision names its parts."""

    def __init__(self, inner, width, stride, way):
        super().__init__()
        self.conv1 = nn.Conv2d(inner, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, 4 * width, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * width)
        self.downsample = None
        if way:
            self.downsample = nn.Sequential(nn.Conv2d(inner, 4 * width, 1, stride, bias=False), nn.BatchNorm2d(4 * width))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet50(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        inner = 64
        for stage, (width, count) in enumerate([(64, 3), (128, 4), (256, 6), (512, 3)]):
            blocks = []
            for i in range(count):
                blocks.append(Bottleneck(inner, width, 2 if i == 0 and stage > 0 else 1, i == 0))
                inner = 4 * width
            setattr(self, f'layer{stage + 1}', nn.Sequential(*blocks))
        self.fc = nn.Linear(2048, 1000)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        for stage in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = stage(x)
        return self.fc(x.mean((2, 3)))


class LeNet(nn.Module):
    """Its dense layers stand behind a flattened map with its channels outermost."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.norm = nn.BatchNorm1d(16 * 5 * 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 120)
        self.fc3 = nn.Linear(120, 10)

    def forward(self, x):
        x = F.max_pool2d(torch.tanh(self.conv1(x)), 2)
        x = F.max_pool2d(torch.tanh(self.conv2(x)), 2)
        x = self.norm(x.flatten(1))
        return self.fc3(torch.tanh(self.fc2(torch.tanh(self.fc1(x)))))


class Kinds(nn.Module):
    """A depthwise convolution with two kernels for each channel, one in groups, a transposed one, and a normalisation over the channels."""

    def __init__(self):
        super().__init__()
        self.depthwise = nn.Conv2d(4, 8, 3, padding=1, groups=4)
        self.grouped = nn.Conv2d(8, 12, 3, padding=1, groups=2)
        self.up = nn.ConvTranspose2d(12, 12, 2, 2)
        self.norm = nn.LayerNorm(12)
        self.head = nn.Conv2d(12, 5, 1)

    def forward(self, x):
        x = self.up(F.relu(self.grouped(F.relu(self.depthwise(x)))))
        return self.head(self.norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2))


class PreBlock(nn.Module):
    """Normalises before it convolves, and names its parts as those that do it after."""

    def __init__(self, kernels_first):
        super().__init__()
        if kernels_first:
            self.conv1 = nn.Conv2d(8, 8, 3, padding=1, bias=False)
            self.bn1 = nn.BatchNorm2d(8)
            self.conv2 = nn.Conv2d(8, 8, 3, padding=1, bias=False)
            self.bn2 = nn.BatchNorm2d(8)
        else:
            self.bn1 = nn.BatchNorm2d(8)
            self.conv1 = nn.Conv2d(8, 8, 3, padding=1, bias=False)
            self.bn2 = nn.BatchNorm2d(8)
            self.conv2 = nn.Conv2d(8, 8, 3, padding=1, bias=False)

    def forward(self, x):
        return x + self.conv2(F.relu(self.bn2(self.conv1(F.relu(self.bn1(x))))))


class PreActivation(nn.Module):
    def __init__(self, kernels_first=False):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.layers = nn.Sequential(PreBlock(kernels_first), PreBlock(kernels_first))
        self.bn = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, 5)

    def forward(self, x):
        return self.fc(F.relu(self.bn(self.layers(self.stem(x)))).mean((2, 3)))


class PreActivationKernelsFirst(PreActivation):
    def __init__(self):
        super().__init__(True)


class PreStack(nn.Module):
    """As many kernels as normalisations, each before its kernel, all of one shape but the first kernel."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        for i in range(3):
            setattr(self, f'bn{i + 1}', nn.BatchNorm2d(8))
            setattr(self, f'conv{i + 1}', nn.Conv2d(8, 8, 3, padding=1, bias=False))

    def forward(self, x):
        x = self.stem(x)
        for i in range(3):
            x = getattr(self, f'conv{i + 1}')(F.relu(getattr(self, f'bn{i + 1}')(x)))
        return x


class Decoder(nn.Module):
    """Its maps are made of dense layers, with normalisations between, of one and of a sum of two."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(6, 72)
        self.norm = nn.BatchNorm1d(72)
        self.layer = nn.LayerNorm(72)
        self.left = nn.Linear(6, 72, bias=False)
        self.right = nn.Linear(72, 72)
        self.up = nn.ConvTranspose2d(8, 5, 2, 2)
        self.last = nn.Conv2d(8, 3, 3, padding=1)

    def forward(self, z):
        x = F.relu(self.layer(self.norm(self.first(z))))
        y = self.left(z) + self.right(x)
        return self.up(x.view(-1, 8, 3, 3)).mean((2, 3)), self.last(y.view(-1, 8, 3, 3))


class Through(nn.Module):
    """A dense layer between two maps, added to what it was given."""

    def __init__(self):
        super().__init__()
        self.into = nn.Conv2d(2, 4, 3, padding=1)
        self.mix = nn.Linear(100, 100)
        self.more = nn.Linear(100, 100)
        self.out = nn.Conv2d(4, 3, 3)

    def forward(self, x):
        flat = self.into(x).flatten(1)
        return self.out((flat + torch.tanh(self.mix(flat)) * torch.sigmoid(self.more(flat))).view(-1, 4, 5, 5))


SIZES = {'Decoder': (6,), 'Through': (2, 5, 5), 'PreActivation': (3, 6, 6), 'PreActivationKernelsFirst': (3, 6, 6), 'PreStack': (3, 6, 6), 'ResNet50': (3, 224, 224), 'LeNet': (1, 28, 28), 'Kinds': (4, 6, 6)}


def write_safetensors(path, state):
    kinds = {torch.float32: 'F32', torch.int64: 'I64'}
    # as the library does: the widest types first, then by name
    order = sorted(state, key=lambda name: (-state[name].element_size(), name))
    header, data = {}, bytearray()
    for name in order:
        begin = len(data)
        data += state[name].numpy().tobytes()
        header[name] = {'dtype': kinds[state[name].dtype], 'shape': list(state[name].shape), 'data_offsets': [begin, len(data)]}
    text = json.dumps(header).encode()
    Path(path).write_bytes(len(text).to_bytes(8, 'little') + text + data)


def main(name, folder):
    torch.manual_seed(7)
    net = globals()[name]()
    for part in net.modules():
        if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)):
            for values, low, high in [(part.weight.data, .5, 1.5), (part.bias.data, -.5, .5), (part.running_mean, -.5, .5), (part.running_var, .5, 1.5)]:
                values.uniform_(low, high)
        if isinstance(part, nn.LayerNorm):
            part.weight.data.uniform_(.5, 1.5)
            part.bias.data.uniform_(-.5, .5)
    net.eval()
    x = torch.randn(2 if name != 'ResNet50' else 1, *SIZES[name])
    with torch.no_grad():
        ys = net(x)
    state = net.state_dict()
    write_safetensors(f'{folder}/net.safetensors', state)
    numpy.savez(f'{folder}/net.npz', **{key: value.numpy() for key, value in state.items()})
    numpy.save(f'{folder}/x.npy', x.numpy())
    for output, y in zip('yz', ys if isinstance(ys, tuple) else (ys,)):
        numpy.save(f'{folder}/{output}.npy', y.numpy())


main(*sys.argv[1:])
