"""Ways of fusing the feature maps of two networks."""
import torch
from torch import nn
from torch.nn import functional as F

from system import System, ones, per_channel, pooled


def elementwise_fusion():
    return System({}, lambda a, b: {'sum': a + b, 'difference': a - b, 'product': a * b, 'quotient': a / b})


def fused_convolutions():
    left, right = nn.Conv2d(3, 4, 3), nn.Conv2d(2, 4, 3)

    def forward(x, y):
        a, b = left(x), right(y)
        smooth = 2 + torch.sigmoid(b)
        return {
            'sum': a + b, 'difference': a - b, 'product': a * b, 'quotient': a / smooth,
            'most': torch.maximum(a, b), 'least': torch.minimum(a, b), 'mean': torch.stack([a, b, smooth]).mean(0),
        }

    return System({'a/conv': left, 'b/conv': right}, forward)


def concatenation():
    integration = nn.Conv2d(8 + 12, 24, 1)
    return System({'fused/fuse/conv': integration}, lambda a, b: {'fused': integration(torch.cat((a, b), dim=1))})


def learned_average():
    one, each = nn.Parameter(torch.rand(())), nn.Parameter(torch.rand(8))

    def forward(a, b):
        return {'one': one * a + (1 - one) * b, 'each': per_channel(each) * a + (1 - per_channel(each)) * b}

    return System({'one/fuse/weight': one, 'each/fuse/weight': each}, forward)


def alignment():
    up, down = nn.Conv2d(24, 16, 1), nn.Conv2d(16, 24, 1)

    def like(other, maps):
        return F.interpolate(maps, other.shape[2:], mode='bilinear', align_corners=False)

    def forward(a, b):
        return {'large': a + like(a, up(b)), 'small': b + like(b, down(a))}

    return System({'large/align/conv': up, 'small/align/conv': down}, forward)


def resized():
    """Both meanings of the corners, enlarging and reducing, by factors that are not whole."""
    project = nn.Conv2d(5, 4, 1)

    def forward(b):
        x = project(b)
        return {
            'half_up': F.interpolate(x, (11, 13), mode='bilinear', align_corners=False),
            'half_down': F.interpolate(x, (4, 5), mode='bilinear', align_corners=False),
            'aligned_up': F.interpolate(x, (11, 13), mode='bilinear', align_corners=True),
            'aligned_down': F.interpolate(x, (4, 5), mode='bilinear', align_corners=True),
            'nearest_up': F.interpolate(x, (14, 21), mode='nearest'),
        }

    return System({'x/conv': project}, forward)


def halved(x, conv):
    """A convolution of stride 2 as TensorFlow's `same` pads an even size: one row and column more after than before."""
    before = (conv.kernel_size[0] - 2) // 2
    return conv(F.pad(x, (before, before + 1, before, before + 1)))


def backbone(convs, maps):
    """A network of its own: what makes its maps, and the classifier with which it is trained alone."""
    dense = nn.Linear(32, 10)

    def forward(image):
        return {'maps': maps(image), 'logits': dense(pooled(maps(image)))}

    return System({'x': convs[0], 'maps': convs[1], 'classifier': dense}, forward)


def colour_network():
    convs = [nn.Conv2d(3, 16, 3, padding=1), nn.Conv2d(16, 32, 3, padding=1)]
    return backbone(convs, nn.Sequential(convs[0], nn.ReLU(), nn.MaxPool2d(2), convs[1], nn.ReLU(), nn.MaxPool2d(2)))


def depth_network():
    convs = [nn.Conv2d(1, 16, 5, stride=2), nn.Conv2d(16, 32, 3, stride=2)]
    return backbone(convs, lambda image: F.relu(halved(F.relu(halved(image, convs[0])), convs[1])))


def two_networks():
    left, right = colour_network(), depth_network()
    scale, logits, dense = ones(32), nn.Parameter(torch.zeros(2)), nn.Linear(32, 10)

    def forward(colour, depth):
        shares = torch.softmax(logits, 0)
        a, b = left.forward(colour)['maps'], right.forward(depth)['maps']
        fused = shares[0] * a + shares[1] * b * per_channel(scale)
        return {'fused': fused, 'logits': dense(pooled(fused))}

    parts = {'fused/weight/scale': scale, 'fused/fuse/logits': logits, 'classifier': dense}
    frozen = {f'left/{path}': part for path, part in left.parts.items()}
    parts |= frozen | {f'right/{path}': part for path, part in right.parts.items()}
    return System(parts, forward, frozen=frozen.keys())


def fast_normalized(weights, *maps):
    positive = F.relu(weights)
    shares = positive / (positive.sum() + 1e-4)
    return sum(share * one for share, one in zip(shares, maps))


def normalized_fusion():
    """A node of BiFPN (Tan et al. 2020), without its normalisation."""
    weights, depthwise, pointwise = ones(2), nn.Conv2d(16, 16, 3, padding=1, groups=16, bias=False), nn.Conv2d(16, 16, 1)

    def forward(fine, coarse):
        coarse = F.interpolate(coarse, fine.shape[2:], mode='bilinear', align_corners=False)
        return {'maps': pointwise(depthwise(F.silu(fast_normalized(weights, fine, coarse))))}

    parts = {'fused/fuse/weights': weights, 'maps/conv/depthwise': depthwise, 'maps/conv/pointwise': pointwise}
    return System(parts, forward)


def normalized_of_three():
    weights = ones(3)
    return System({'fused/fuse/weights': weights}, lambda a, b, c: {'fused': fast_normalized(weights, a, b, c)})


def selective_kernels():
    """SK with fmw's (and Keras') epsilon and momentum."""
    def norm(part, channels):
        return part(channels, eps=1e-3, momentum=0.01)

    convs = [nn.Conv2d(16, 16, size, padding=size // 2, bias=False) for size in (3, 5)]
    norms = [norm(nn.BatchNorm2d, 16) for _ in convs]
    reduce, norm_z = nn.Linear(16, 32, bias=False), norm(nn.BatchNorm1d, 32)
    expand = [nn.Linear(32, 16, bias=False) for _ in convs]

    def forward(x):
        maps = torch.stack([F.relu(norm(conv(x))) for conv, norm in zip(convs, norms)])
        z = F.relu(norm_z(reduce(pooled(maps.sum(0)))))
        shares = torch.softmax(torch.stack([one(z) for one in expand]), dim=0)
        return {'y': (maps * shares[..., None, None]).sum(0)}

    parts = {'y/fuse/z/dense': reduce, 'y/fuse/z/norm': norm_z}
    for k, (conv, norm, one) in enumerate(zip(convs, norms, expand)):
        parts |= {f'branches/{k}/conv': conv, f'branches/{k}/norm': norm, f'y/fuse/logits/{k}/dense': one}
    return System(parts, forward)
