"""Computes in PyTorch what the tests ask for: parity.py FOLDER

A request FOLDER/<system>.<batch>.request.safetensors has tensors in fmw's layouts (maps [batch, h, w, c], kernels
[kh, kw, in, out] and [in, out]) named inputs/<input>, weights/<path> and targets/<output>. For each there will be a
FOLDER/<system>.<batch>.result.safetensors with

- outputs/<output>: the outputs of the system in inference;
- steps/<output>/loss and steps/<output>/weights/<path> for each target: the mean squared error of the output in training,
  and all weights after one step of gradient descent on it with rate 0.1, which starts from the weights of the request.

Where a request fails, the reason is printed on stderr and there is no result.
"""
import sys
import traceback
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

import class_activation
import fusing
import mixing
import normalising
import selecting
import tensor_file
import weighting

MODULES = (class_activation, fusing, mixing, normalising, selecting, weighting)
RATE = 0.1


def make(name):
    """The system of a name, before it is given its weights."""
    return next(getattr(module, name) for module in MODULES if hasattr(module, name))()


def views(part):
    """The weights of a part in fmw's names and layouts. They are views: who writes them writes the part's."""
    def named(kernel):
        return {'kernel': kernel} | ({} if part.bias is None else {'bias': part.bias})

    if isinstance(part, nn.Conv2d) and part.groups == part.in_channels == part.out_channels > 1:
        return named(part.weight.permute(2, 3, 0, 1))
    if isinstance(part, nn.Conv2d):
        return named(part.weight.permute(2, 3, 1, 0))
    if isinstance(part, nn.Conv1d):
        return named(part.weight.permute(2, 1, 0)[:, None])
    if isinstance(part, nn.Linear):
        return named(part.weight.t())
    if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)):
        return {'scale': part.weight, 'offset': part.bias, 'mean': part.running_mean, 'variance': part.running_var}
    assert isinstance(part, torch.Tensor), f'{type(part)} has no known layout'
    return {'': part}


def path_of(path, name):
    """A path says with {} where the name stands, if not at its end."""
    return path.format(name) if '{}' in path else f'{path}/{name}'.rstrip('/')


def weights_of(system):
    return {path_of(path, name): view for path, part in system.parts.items() for name, view in views(part).items()}


def learning(system):
    for path, part in system.parts.items():
        if path in system.frozen:
            continue
        if isinstance(part, nn.Module):
            yield from part.parameters()
        elif isinstance(part, nn.Parameter):
            yield part


def load(system, weights):
    known = weights_of(system)
    assert known.keys() == weights.keys(), f'fmw has {sorted(weights)}, PyTorch {sorted(known)}'
    with torch.no_grad():
        for path, view in known.items():
            assert view.shape == weights[path].shape, f'{path}: fmw has {weights[path].shape}, PyTorch {view.shape}'
            view.copy_(weights[path])


def channels_first(tensor):
    return tensor.permute(0, 3, 1, 2) if tensor.dim() == 4 else tensor


def channels_last(tensor):
    return tensor.permute(0, 2, 3, 1) if tensor.dim() == 4 else tensor


def set_training(system, training):
    for path, part in system.parts.items():
        if isinstance(part, nn.Module):
            part.train(training and path not in system.frozen)


def moving_variances_of_biased_batches(system):
    """PyTorch moves the running variance by the unbiased variance of the batch, Keras and fmw by the biased one.

    Registers on each normalisation what, after the step, gives the running variance that biased ones would have led to.
    """
    corrections = []

    def before(part, arguments):
        count = arguments[0].numel() // part.num_features
        kept = part.running_var * (1 - part.momentum)
        corrections.append(lambda: part.running_var.sub_(kept).mul_((count - 1) / count).add_(kept))

    for part in system.parts.values():
        if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)) and part.training:
            part.register_forward_pre_hook(before)
    return corrections


def step(system, inputs, output, target):
    """The loss, with which the weights of the system have learned once."""
    set_training(system, True)
    corrections = moving_variances_of_biased_batches(system)
    optimizer = torch.optim.SGD(learning(system), lr=RATE)
    loss = F.mse_loss(system.forward(**inputs)[output], target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        for correct in corrections:
            correct()
        for path, (least, most) in system.within.items():
            system.parts[path].clamp_(least, most)
    return loss


def under(folder, tensors):
    return {name[len(folder) + 1:]: tensor for name, tensor in tensors.items() if name.startswith(folder + '/')}


def answer(request):
    tensors = tensor_file.read(request)

    def loaded():
        system = make(request.name.split('.')[0])
        load(system, under('weights', tensors))
        return system

    inputs = {name: channels_first(tensor) for name, tensor in under('inputs', tensors).items()}
    system = loaded()
    set_training(system, False)
    with torch.no_grad():
        results = {f'outputs/{name}': channels_last(value) for name, value in system.forward(**inputs).items()}
    for output, target in under('targets', tensors).items():
        system = loaded()
        results[f'steps/{output}/loss'] = step(system, inputs, output, channels_first(target))
        results |= {f'steps/{output}/weights/{path}': view for path, view in weights_of(system).items()}
    tensor_file.write(request.with_name(request.name.replace('.request.', '.result.')), results)


# so that a difference is fmw's: its floats have 32 bits
torch.set_default_dtype(torch.float64)
for path in sorted(Path(sys.argv[1]).glob('*.request.safetensors')):
    try:
        answer(path)
    except Exception:
        # the other systems are answered all the same
        print(path.name, traceback.format_exc(), sep='\n', file=sys.stderr)
