def network(graph):
    x = graph.input("image", [1, 1, 28, 28])
    for i, (channels, width) in enumerate([(1, 16), (16, 32), (32, 64)]):
        x = graph.node("Relu", f"relu{i}", graph.conv(f"conv{i}", x, [width, channels, 3, 3], pads=[1, 1, 1, 1]))
        x = graph.node("MaxPool", f"pool{i}", x, kernel_shape=[2, 2], strides=[2, 2])
    x = graph.node("Relu", "relu", graph.conv("last", x, [128, 64, 5, 5]))
    logits = graph.node("Gemm", "logits", graph.node("Flatten", "flatten", x), graph.weight("logits/kernel", [128, 10]))
    graph.output(logits, [1, 10])
