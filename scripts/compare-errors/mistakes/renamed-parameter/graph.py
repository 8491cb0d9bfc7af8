def network(graph):
    image = graph.input("image", [1, 3, 224, 224])
    x = graph.node("Relu", "relu", graph.conv("stem", image, [64, 3, 7, 7], stride=[2, 2], pads=[3, 3, 3, 3]))
    x = graph.node("Flatten", "flatten", graph.node("GlobalAveragePool", "pool", x))
    logits = graph.node("Gemm", "logits", x, graph.weight("logits/kernel", [64, 1000]))
    graph.output(logits, [1, 1000])
