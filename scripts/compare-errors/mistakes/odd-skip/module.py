from torch import cat, nn, relu
from torch.nn.functional import max_pool2d


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1 = nn.Conv2d(1, 16, 3, padding=1)
        self.down2 = nn.Conv2d(16, 32, 3, padding=1)
        self.down3 = nn.Conv2d(32, 64, 3, padding=1)
        self.middle = nn.Conv2d(64, 128, 3, padding=1)
        self.up3 = nn.ConvTranspose2d(128, 64, 2, stride=2)
        self.up2 = nn.ConvTranspose2d(128, 32, 2, stride=2)
        self.mask = nn.Conv2d(64, 1, 1)

    def forward(self, image):
        down1 = relu(self.down1(image))
        down2 = relu(self.down2(max_pool2d(down1, 2)))
        down3 = relu(self.down3(max_pool2d(down2, 2)))
        middle = relu(self.middle(max_pool2d(down3, 2)))
        join3 = cat([down3, self.up3(middle)], dim=1)
        join2 = cat([down2, self.up2(join3)], dim=1)
        return self.mask(join2)


INPUTS = [(1, 1, 100, 100)]
