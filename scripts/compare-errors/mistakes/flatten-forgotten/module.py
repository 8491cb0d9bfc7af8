from torch import nn, relu
from torch.nn.functional import max_pool2d


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.hidden = nn.Linear(16 * 5 * 5, 120)
        self.logits = nn.Linear(120, 10)

    def forward(self, image):
        x = max_pool2d(relu(self.conv1(image)), 2)
        x = max_pool2d(relu(self.conv2(x)), 2)
        x = relu(self.hidden(x))
        return self.logits(x)


INPUTS = [(1, 1, 32, 32)]
