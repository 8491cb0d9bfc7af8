"""
What PyTorch says of each module.py in the folder given as the first argument: a JSON object of the version and, by the name of the
mistake, of what it raised when the module was defined, else of what it raised when the module was called with tensors, and of what
torch.fx's shape propagation raised with meta tensors, which have no data.
"""
import contextlib
import importlib.util
import io
import json
import pathlib
import sys
import traceback

import torch
from torch.fx import symbolic_trace
from torch.fx.passes.shape_prop import ShapeProp


def raised(act, file):
    """The last line of the file that the traceback shows, the exception, and before it the one it was raised for."""
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            act()
    except Exception as error:
        frame = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)][-1:]
        lines = [f'File "{file.name}", line {at.lineno}, in {at.name}\n  {at.line}\n' for at in frame]
        errors = [error.__context__, error] if error.__context__ else [error]
        return "".join(lines) + "\n".join(f"{type(each).__name__}: {each}" for each in errors)
    return None


answers = {}
for folder in sorted(pathlib.Path(sys.argv[1]).resolve().iterdir()):
    file = folder / "module.py"
    spec = importlib.util.spec_from_file_location(folder.name, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    definition = raised(module.Network, file)
    if definition is not None:
        answers[folder.name] = {"definition": definition}
        continue
    network = module.Network()
    inputs = [torch.zeros(shape) for shape in module.INPUTS]
    meta = [torch.zeros(shape, device="meta") for shape in module.INPUTS]
    answers[folder.name] = {
        "call": raised(lambda: network(*inputs), file),
        "propagation": raised(lambda: ShapeProp(symbolic_trace(network.to("meta"))).propagate(*meta), file),
    }

json.dump({"version": torch.__version__, "answers": answers}, sys.stdout)
