"""Reads and writes safetensors files of 32-bit floats, with nothing but PyTorch."""
import array
import json
import math
import sys

import torch


def read(path):
    """The tensors of a file by name, in double precision."""
    with open(path, 'rb') as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), 'little')))
        data = bytearray(file.read())
    header.pop('__metadata__', None)

    def tensor(dtype, shape, data_offsets):
        assert dtype == 'F32', f'{path} holds {dtype}'
        begin = data_offsets[0]
        return torch.frombuffer(data, dtype=torch.float32, offset=begin, count=math.prod(shape)).reshape(shape).double()

    return {name: tensor(**entry) for name, entry in header.items()}


def write(path, tensors):
    header, data = {}, bytearray()
    for name, tensor in tensors.items():
        values = array.array('f', tensor.detach().flatten().tolist())
        if sys.byteorder == 'big':
            values.byteswap()
        begin = len(data)
        data += values.tobytes()
        header[name] = {'dtype': 'F32', 'shape': list(tensor.shape), 'data_offsets': [begin, len(data)]}
    text = json.dumps(header).encode()
    with open(path, 'wb') as file:
        file.write(len(text).to_bytes(8, 'little') + text + data)
