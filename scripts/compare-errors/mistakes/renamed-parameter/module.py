from torch import nn, relu


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 64, 7, strides=2, padding=3)
        self.logits = nn.Linear(64, 1000)

    def forward(self, image):
        return self.logits(relu(self.stem(image)).mean((2, 3)))


INPUTS = [(1, 3, 224, 224)]
