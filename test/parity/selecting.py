"""Ways of combining some of the feature maps."""
import torch
from torch import nn
from torch.nn import functional as F

from system import System, ones, per_channel, pooled


def static_indexing():
    conv_1, conv_2 = nn.Conv2d(1, 32, 3, padding=1), nn.Conv2d(8, 64, 3, padding=1)
    indices = torch.tensor([0, 2, 4, 6, 8, 10, 12, 14])

    def forward(image):
        return {'maps': conv_2(torch.index_select(conv_1(image), 1, indices))}

    return System({'kept/conv': conv_1, 'maps/conv': conv_2}, forward)


def dynamic_masking():
    """The mask has a row for each sample: reshaped to (1, 1, 1, filters) it fits one only."""
    conv_1, conv_2, dense = nn.Conv2d(1, 32, 3, padding=1), nn.Conv2d(32, 64, 3, padding=1), nn.Linear(1, 32)

    def forward(image):
        return {'maps': conv_2(conv_1(image) * per_channel(torch.sigmoid(dense(pooled(image)))))}

    return System({'masked/conv': conv_1, 'masked/gather/dense': dense, 'maps/conv': conv_2}, forward)


def learnable_gating():
    conv_1, conv_2, gate = nn.Conv2d(1, 32, 3, padding=1), nn.Conv2d(32, 64, 3, padding=1), ones(32)
    parts = {'gated/conv': conv_1, 'gated/gather/gate': gate, 'maps/conv': conv_2}
    return System(parts, lambda image: {'maps': conv_2(conv_1(image) * per_channel(gate))})


def top_channels():
    conv = nn.Conv2d(1, 32, 3, padding=1)

    def forward(image):
        maps = F.relu(conv(image))
        strongest = pooled(maps).topk(8, dim=1).indices
        return {'strongest': torch.stack([one[chosen] for one, chosen in zip(maps, strongest)])}

    return System({'maps/conv': conv}, forward)


def connected(convs, table, maps):
    return torch.cat([conv(maps[:, read]) for conv, read in zip(convs, table)], dim=1)


def connection_table():
    table = [[0, 1, 2], [1, 2, 3], [0, 3, 4, 5], [0, 1, 2, 3, 4, 5]]
    convs = [nn.Conv2d(len(read), 1, 5) for read in table]
    return System({f'c3/{i}/conv': conv for i, conv in enumerate(convs)}, lambda maps: {'c3': connected(convs, table, maps)})


def lenet5():
    """LeCun et al. (1998), section II B; Table I by its columns. The pictures of the digits come as an input."""
    three = [[i, (i + 1) % 6, (i + 2) % 6] for i in range(6)]
    four = [[i, (i + 1) % 6, (i + 2) % 6, (i + 3) % 6] for i in range(6)]
    table = [sorted(read) for read in [*three, *four, [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], range(6)]]
    c1, c3, c5 = nn.Conv2d(1, 6, 5), [nn.Conv2d(len(read), 1, 5) for read in table], nn.Conv2d(16, 120, 5)
    f6 = nn.Linear(120, 84)
    s2, s4 = (ones(6), nn.Parameter(torch.zeros(6))), (ones(16), nn.Parameter(torch.zeros(16)))

    def squash(x):
        return 1.7159 * torch.tanh(2 / 3 * x)

    def subsample(x, coefficient, bias):
        return squash(F.avg_pool2d(x, 2) * per_channel(coefficient) + per_channel(bias))

    def forward(image, digits):
        x = subsample(squash(c1(image)), *s2)
        x = subsample(squash(connected(c3, table, x)), *s4)
        x = squash(f6(squash(c5(x)).flatten(1)))
        return {'logits': -0.5 * torch.cdist(x, digits) ** 2}

    parts = {'c1': c1, 'c5': c5, 'f6': f6} | {f'c3/{i}': conv for i, conv in enumerate(c3)}
    for path, (coefficient, bias) in {'s2': s2, 's4': s4}.items():
        parts |= {f'{path}/coefficient': coefficient, f'{path}/bias': bias}
    return System(parts, forward)
