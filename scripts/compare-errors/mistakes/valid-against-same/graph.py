def network(graph):
    image = graph.input("image", [1, 3, 32, 32])
    narrow = graph.node("Relu", "narrow/relu", graph.conv("narrow", image, [16, 3, 3, 3], pads=[1, 1, 1, 1]))
    wide = graph.node("Relu", "wide/relu", graph.conv("wide", image, [16, 3, 5, 5]))
    joined = graph.node("Concat", "joined", narrow, wide, axis=1)
    x = graph.node("Flatten", "flatten", graph.node("GlobalAveragePool", "pool", joined))
    logits = graph.node("Gemm", "logits", x, graph.weight("logits/kernel", [32, 10]))
    graph.output(logits, [1, 10])
