def network(graph):
    image = graph.input("image", [1, 1, 100, 100])
    down1 = down(graph, "down1", image, [16, 1, 3, 3])
    down2 = down(graph, "down2", pooled(graph, "pool1", down1), [32, 16, 3, 3])
    down3 = down(graph, "down3", pooled(graph, "pool2", down2), [64, 32, 3, 3])
    middle = down(graph, "middle", pooled(graph, "pool3", down3), [128, 64, 3, 3])
    up3 = up(graph, "up3", middle, [128, 64, 2, 2])
    join3 = graph.node("Concat", "join3", down3, up3, axis=1)
    up2 = up(graph, "up2", join3, [128, 32, 2, 2])
    join2 = graph.node("Concat", "join2", down2, up2, axis=1)
    mask = graph.conv("mask", join2, [1, 64, 1, 1])
    graph.output(mask, [1, 1, 50, 50])


def down(graph, name, x, kernel):
    return graph.node("Relu", name + "/relu", graph.conv(name, x, kernel, pads=[1, 1, 1, 1]))


def pooled(graph, name, x):
    return graph.node("MaxPool", name, x, kernel_shape=[2, 2], strides=[2, 2])


def up(graph, name, x, kernel):
    return graph.node("ConvTranspose", name, x, graph.weight(name + "/kernel", kernel), strides=[2, 2])
