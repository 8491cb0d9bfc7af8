"""
What onnx.checker and strict shape inference say of each graph.py in the folder given as the first argument: a JSON object of the
version and, by the name of the mistake, of what each of the two raised.
"""
import importlib.util
import json
import pathlib
import sys

import onnx
from onnx import TensorProto, checker, helper, numpy_helper, shape_inference
import numpy


class Graph:
    """Builds a graph as exporters do: every node named, weights as initializers, the shapes of inputs and outputs stated."""

    def __init__(self):
        self.inputs = []
        self.outputs = []
        self.weights = []
        self.nodes = []

    def input(self, name, shape):
        self.inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        return name

    def output(self, name, shape):
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def weight(self, name, shape):
        return self.constant(name, numpy.zeros(shape))

    def constant(self, name, values):
        self.weights.append(numpy_helper.from_array(numpy.array(values, numpy.float32), name))
        return name

    def node(self, operator, name, *inputs, **attributes):
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, **attributes))
        return name

    def conv(self, name, x, kernel, **attributes):
        return self.node("Conv", name, x, self.weight(name + "/kernel", kernel), **attributes)

    def model(self):
        graph = helper.make_graph(self.nodes, "network", self.inputs, self.outputs, self.weights)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])


def raised(check, model):
    try:
        check(model)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def infer(model):
    shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)


answers = {}
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    spec = importlib.util.spec_from_file_location(folder.name, folder / "graph.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    graph = Graph()
    module.network(graph)
    model = graph.model()
    answers[folder.name] = {"checker": raised(checker.check_model, model), "inference": raised(infer, model)}

json.dump({"version": onnx.__version__, "answers": answers}, sys.stdout)
