from torch import nn, relu


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.squeezed = nn.Conv2d(64, 48, 1)
        self.grouped = nn.Conv2d(48, 96, 3, padding=1, groups=32)
        self.logits = nn.Linear(96, 10)

    def forward(self, image):
        x = relu(self.squeezed(image))
        x = relu(self.grouped(x))
        return self.logits(x.mean((2, 3)))


INPUTS = [(1, 64, 56, 56)]
