"""What the weights of a classifier say about the feature maps."""
import torch
from torch import nn
from torch.nn import functional as F

from system import System, ones, peaks, per_channel, pooled


def classifier_attention():
    """The attention of U-GAT-IT's generator (Kim et al. 2020)."""
    gap_weight, gmp_weight, conv1x1 = ones(32, 1), ones(32, 1), nn.Conv2d(64, 32, 1)

    def forward(x):
        logits = torch.cat([pooled(x) @ gap_weight, peaks(x) @ gmp_weight], dim=1)
        maps = F.relu(conv1x1(torch.cat([x * per_channel(gap_weight.t()), x * per_channel(gmp_weight.t())], dim=1)))
        return {'maps': maps, 'logits': logits, 'heatmap': maps.sum(dim=1, keepdim=True)}

    parts = {'average': gap_weight, 'peak': gmp_weight, 'maps/conv': conv1x1}
    return System({f'seen/weight/{path}': part for path, part in parts.items()}, forward)


def class_activation_mapping():
    """Zhou et al. (2016): the maps, weighted by the weights of a class, of whose sum the logit is the mean."""
    conv_1, conv_2, dense = nn.Conv2d(1, 16, 3, padding=1), nn.Conv2d(16, 32, 3, padding=1), nn.Linear(32, 10)

    def forward(image):
        features = F.relu(conv_2(F.max_pool2d(F.relu(conv_1(image)), 2)))
        return {'logits': dense(pooled(features)), 'activation': torch.einsum('bkhw,ck->bchw', features, dense.weight)}

    return System({'x/conv': conv_1, 'maps/conv': conv_2, 'logits/dense': dense}, forward)
