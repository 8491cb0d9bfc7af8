# ONNX's layout is channels first: the same mistake is channels last
def network(graph):
    image = graph.input("image", [1, 224, 224, 3])
    x = graph.node("Relu", "relu1", graph.conv("conv1", image, [64, 3, 3, 3], pads=[1, 1, 1, 1]))
    x = graph.node("MaxPool", "pool1", x, kernel_shape=[2, 2], strides=[2, 2])
    x = graph.node("Relu", "relu2", graph.conv("conv2", x, [128, 64, 3, 3], pads=[1, 1, 1, 1]))
    x = graph.node("MaxPool", "pool2", x, kernel_shape=[2, 2], strides=[2, 2])
    x = graph.node("Flatten", "flatten", graph.node("GlobalAveragePool", "pool3", x))
    logits = graph.node("Gemm", "logits", x, graph.weight("logits/kernel", [128, 1000]))
    graph.output(logits, [1, 1000])
