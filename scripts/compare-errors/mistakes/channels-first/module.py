from torch import nn, relu
from torch.nn.functional import max_pool2d


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3, padding=1)
        self.conv2 = nn.Conv2d(64, 128, 3, padding=1)
        self.logits = nn.Linear(128, 1000)

    def forward(self, image):
        x = max_pool2d(relu(self.conv1(image)), 2)
        x = max_pool2d(relu(self.conv2(x)), 2)
        return self.logits(x.mean((2, 3)))


# PyTorch's layout is channels first: the same mistake is channels last
INPUTS = [(1, 224, 224, 3)]
