from torch import cat, nn, relu


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.narrow = nn.Conv2d(3, 16, 3, padding=1)
        self.wide = nn.Conv2d(3, 16, 5)
        self.logits = nn.Linear(32, 10)

    def forward(self, image):
        joined = cat([relu(self.narrow(image)), relu(self.wide(image))], dim=1)
        return self.logits(joined.mean((2, 3)))


INPUTS = [(1, 3, 32, 32)]
