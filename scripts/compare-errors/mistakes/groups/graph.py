def network(graph):
    image = graph.input("image", [1, 64, 56, 56])
    x = graph.node("Relu", "relu1", graph.conv("squeezed", image, [48, 64, 1, 1]))
    # one channel per group: no whole number of them would do
    x = graph.conv("grouped", x, [96, 1, 3, 3], pads=[1, 1, 1, 1], group=32)
    x = graph.node("GlobalAveragePool", "pool", graph.node("Relu", "relu2", x))
    logits = graph.node("Gemm", "logits", graph.node("Flatten", "flatten", x), graph.weight("logits/kernel", [96, 10]))
    graph.output(logits, [1, 10])
