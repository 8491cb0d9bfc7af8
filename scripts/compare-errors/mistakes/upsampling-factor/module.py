from torch import nn, relu
from torch.nn.functional import interpolate


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.fine = nn.Conv2d(3, 32, 3, padding=1)
        self.down2 = nn.Conv2d(32, 64, 3, stride=2, padding=1)
        self.down4 = nn.Conv2d(64, 128, 3, stride=2, padding=1)
        self.down8 = nn.Conv2d(128, 256, 3, stride=2, padding=1)
        self.narrow = nn.Conv2d(256, 32, 1)
        self.mask = nn.Conv2d(32, 1, 1)

    def forward(self, image):
        fine = relu(self.fine(image))
        down2 = relu(self.down2(fine))
        down4 = relu(self.down4(down2))
        down8 = relu(self.down8(down4))
        coarse = interpolate(self.narrow(down8), scale_factor=4)
        joined = fine + coarse
        return self.mask(joined)


INPUTS = [(1, 3, 128, 128)]
