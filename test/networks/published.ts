/** A network as its authors, or the library named, count it. */
export interface Published {
  readonly file: string
  readonly model: string
  /** Sizes for the symbolic extents, where it has any. */
  readonly extents?: Readonly<Record<string, number>>
  readonly trainable: number
  readonly nonTrainable: number
  readonly macs: number
  readonly outputs: Readonly<Record<string, readonly number[]>>
  /** Who publishes the number of parameters; otherwise what it was added up from. */
  readonly source: string
  /** What makes a run of it short. */
  readonly short?: { readonly set?: Readonly<Record<string, string>>; readonly extents?: Readonly<Record<string, number>> }
}

const image = (size: number): Readonly<Record<string, number>> => ({ H: size, W: size })
const imageNet = { logits: [1000] }

/**
 * Every network here, with its counts. The multiply-adds, and the parameters where no library prints them, were added up layer by layer from
 * the architecture by a program that shares nothing with fmw.
 */
export const published: readonly Published[] = [
  { file: 'vgg16', model: 'Vgg16', trainable: 138_357_544, nonTrainable: 0, macs: 15_470_264_320, outputs: imageNet, source: 'torchvision', short: { set: { size: '32' } } },
  { file: 'googlenet', model: 'GoogLeNet', trainable: 6_998_552, nonTrainable: 0, macs: 1_582_671_872, outputs: imageNet, source: 'Caffe' },
  { file: 'squeezenet', model: 'SqueezeNet', trainable: 1_248_424, nonTrainable: 0, macs: 818_924_576, outputs: imageNet, source: 'torchvision' },
  { file: 'densenet121', model: 'DenseNet121', trainable: 7_978_856, nonTrainable: 83_648, macs: 2_834_161_664, outputs: imageNet, source: 'torchvision, Keras' },
  { file: 'resnets', model: 'ResNet18', trainable: 11_689_512, nonTrainable: 9_600, macs: 1_814_073_344, outputs: imageNet, source: 'torchvision' },
  { file: 'resnets', model: 'ResNeXt50', trainable: 25_028_904, nonTrainable: 68_224, macs: 4_230_479_872, outputs: imageNet, source: 'torchvision' },
  { file: 'resnets', model: 'WideResNet50', trainable: 68_883_240, nonTrainable: 68_224, macs: 11_398_021_120, outputs: imageNet, source: 'torchvision' },
  {
    file: 'wide-resnet-28-10', model: 'WideResNet', trainable: 36_479_194, nonTrainable: 17_952, macs: 5_243_328_768, outputs: { logits: [10] },
    source: 'the paper: 36.5 M; added up', short: { set: { widen: '2' } },
  },
  { file: 'mobilenet-v1', model: 'MobileNetV1', trainable: 4_231_976, nonTrainable: 21_888, macs: 568_740_352, outputs: imageNet, source: 'Keras; 569 M multiply-adds in the paper' },
  { file: 'mobilenet-v3', model: 'MobileNetV3Large', trainable: 5_483_032, nonTrainable: 24_400, macs: 216_589_760, outputs: imageNet, source: 'torchvision, Keras' },
  { file: 'efficientnet', model: 'EfficientNet', trainable: 5_288_548, nonTrainable: 42_016, macs: 385_814_752, outputs: imageNet, source: 'torchvision, Keras' },
  { file: 'shufflenet-v2', model: 'ShuffleNetV2', trainable: 2_278_604, nonTrainable: 16_180, macs: 144_907_992, outputs: imageNet, source: 'torchvision' },
  { file: 'xception', model: 'Xception', trainable: 22_855_952, nonTrainable: 54_528, macs: 8_357_403_496, outputs: imageNet, source: 'Keras' },
  { file: 'convnext-t', model: 'ConvNeXtT', trainable: 28_589_128, nonTrainable: 0, macs: 4_455_531_264, outputs: imageNet, source: 'torchvision' },
  { file: 'inception-v3', model: 'InceptionV3', trainable: 23_817_352, nonTrainable: 34_432, macs: 5_713_216_096, outputs: { probabilities: [1000] }, source: 'Keras' },
  {
    file: 'inception-resnet-v2', model: 'InceptionResNetV2', trainable: 55_813_192, nonTrainable: 60_544, macs: 13_155_794_016,
    outputs: { probabilities: [1000] }, source: 'Keras',
  },
  { file: 'nasnet-mobile', model: 'NasNetMobile', trainable: 5_289_978, nonTrainable: 36_738, macs: 563_638_816, outputs: { probabilities: [1000] }, source: 'Keras; 564 M in the paper' },
  { file: 'alexnet', model: 'AlexNet', trainable: 60_965_224, nonTrainable: 0, macs: 724_406_816, outputs: imageNet, source: 'Caffe' },
  { file: 'ghostnet', model: 'GhostNet', trainable: 5_182_508, nonTrainable: 21_968, macs: 141_150_512, outputs: imageNet, source: 'the paper: 5.2 M and 141 M; added up' },
  { file: 'dla34', model: 'Dla34', trainable: 15_742_104, nonTrainable: 15_488, macs: 3_060_043_776, outputs: imageNet, source: 'timm' },
  { file: 'repvgg-a0', model: 'RepVggA0', trainable: 9_108_968, nonTrainable: 23_648, macs: 1_512_581_120, outputs: imageNet, source: 'timm: 9.11 M; added up' },
  { file: 'res2net-50', model: 'Res2Net50', trainable: 25_699_120, nonTrainable: 59_492, macs: 4_255_166_464, outputs: imageNet, source: 'timm: 25.70 M; added up' },
  { file: 'attention-resnets', model: 'CbamResNet50', trainable: 28_089_624, nonTrainable: 53_152, macs: 4_095_573_110, outputs: imageNet, source: 'the paper: 28.09 M; added up' },
  { file: 'attention-resnets', model: 'EcaResNet50', trainable: 25_557_118, nonTrainable: 53_120, macs: 4_089_272_064, outputs: imageNet, source: 'ResNet-50 and the 86 weights of the paper' },
  { file: 'resnest-50', model: 'ResNeSt50', trainable: 27_483_240, nonTrainable: 64_576, macs: 5_371_160_576, outputs: imageNet, source: 'timm' },
  { file: 'attention-resnets', model: 'SkNet50', trainable: 27_479_784, nonTrainable: 84_544, macs: 4_462_710_784, outputs: imageNet, source: 'the paper: 27.5 M and 4.47 G; added up' },
  {
    file: 'mlp-mixer', model: 'Mixer', trainable: 59_880_472, nonTrainable: 0, macs: 12_601_767_936, outputs: imageNet, source: 'timm',
    short: { set: { depth: '2' } },
  },
  {
    file: 'vision-transformer', model: 'VisionTransformer', trainable: 86_567_656, nonTrainable: 0, macs: 17_563_828_224, outputs: imageNet, source: 'torchvision',
    short: { set: { depth: '2', size: '64' } },
  },
  {
    file: 'deeplab-v3', model: 'DeepLabV3', extents: image(520), trainable: 42_004_074, nonTrainable: 57_216, macs: 178_721_945_088,
    outputs: { out: [520, 520, 21], aux: [520, 520, 21] }, source: 'torchvision, with its 178.72 G', short: { extents: { H: 65, W: 48 } },
  },
  {
    file: 'pspnet', model: 'PspNet', trainable: 48_957_802, nonTrainable: 58_752, macs: 164_079_403_712, outputs: { out: [473, 473, 21], aux: [473, 473, 21] },
    source: 'added up', short: { set: { size: '89' } },
  },
  {
    file: 'fcn-8s', model: 'Fcn8s', extents: image(64), trainable: 134_489_759, nonTrainable: 0, macs: 22_459_392_528, outputs: { scores: [64, 64, 21] },
    source: 'added up', short: { set: { width: '64' }, extents: { H: 32, W: 64 } },
  },
  {
    file: 'retinanet', model: 'RetinaNet', extents: image(512), trainable: 34_014_999, nonTrainable: 106_240, macs: 62_003_326_976,
    outputs: { scores: [49_104, 91], boxes: [49_104, 4] }, source: 'torchvision', short: { extents: { H: 100, W: 75 } },
  },
  {
    file: 'efficientdet', model: 'EfficientDet', trainable: 3_880_067, nonTrainable: 47_136, macs: 2_492_331_520,
    outputs: { scores: [49_104, 90], boxes: [49_104, 4] }, source: 'effdet', short: { set: { size: '128' } },
  },
  {
    file: 'hrnet-w32', model: 'HrNetW32', extents: image(256), trainable: 28_536_113, nonTrainable: 54_336, macs: 10_193_338_368,
    outputs: { heatmaps: [64, 64, 17] }, source: 'the paper: 28.5 M; added up', short: { extents: { H: 64, W: 32 } },
  },
  {
    file: 'hourglass', model: 'StackedHourglass', extents: image(256), trainable: 6_730_912, nonTrainable: 32_000, macs: 8_988_917_760,
    outputs: { heatmaps: [64, 64, 16] }, source: 'the PyTorch version: 6.73 M; added up', short: { extents: image(64) },
  },
  {
    file: 'unet-plus-plus', model: 'UNetPlusPlus', extents: image(256), trainable: 9_163_329, nonTrainable: 7_296, macs: 34_485_567_488,
    outputs: { mask: [256, 256, 1] }, source: 'the PyTorch version: 9.16 M; added up', short: { extents: { H: 32, W: 16 } },
  },
  { file: 'pixel-shuffle', model: 'Espcn', extents: image(24), trainable: 22_729, nonTrainable: 0, macs: 13_031_424, outputs: { larger: [72, 72, 1] }, source: 'added up' },
  {
    file: 'pixel-shuffle', model: 'SrResNet', extents: image(24), trainable: 1_548_547, nonTrainable: 4_224, macs: 1_277_669_376,
    outputs: { larger: [96, 96, 3] }, source: 'the paper: 1.5 M; added up', short: { extents: { H: 5, W: 6 } },
  },
  { file: 'siamese', model: 'Siamese', trainable: 38_951_745, nonTrainable: 0, macs: 1_817_251_840, outputs: { same: [1] }, source: 'its Keras versions' },
  {
    file: 'facenet', model: 'Triplet', trainable: 3_733_968, nonTrainable: 9_312, macs: 603_184_128, outputs: { embedding: [128], loss: [] },
    source: 'OpenFace, for one of the three faces that share the weights',
  },
  { file: 'yolo-v3', model: 'Darknet', trainable: 41_609_928, nonTrainable: 35_712, macs: 9_285_115_904, outputs: imageNet, source: 'timm; 18.57 G operations in the paper' },
  {
    file: 'yolo-v3', model: 'YoloV3', extents: image(416), trainable: 61_949_149, nonTrainable: 52_608, macs: 32_932_037_632,
    outputs: { far: [13, 13, 255], mid: [26, 26, 255], near: [52, 52, 255] }, source: 'Ultralytics', short: { extents: { H: 32, W: 64 } },
  },
  { file: 'dcgan', model: 'Generator', trainable: 3_576_704, nonTrainable: 1_920, macs: 104_628_224, outputs: { image: [64, 64, 3] }, source: 'the PyTorch tutorial' },
  { file: 'dcgan', model: 'Discriminator', trainable: 2_765_568, nonTrainable: 1_792, macs: 103_817_216, outputs: { real: [1] }, source: 'the PyTorch tutorial' },
  {
    file: 'dcgan', model: 'Adversarial', trainable: 3_576_704, nonTrainable: 1_920 + 2_765_568 + 1_792, macs: 208_445_440, outputs: { image: [64, 64, 3], real: [1] },
    source: 'its two models, the second one frozen',
  },
  {
    file: 'image-translation', model: 'CycleGan', extents: image(256), trainable: 11_378_179, nonTrainable: 0, macs: 49_551_507_456,
    outputs: { painting: [256, 256, 3] }, source: 'the authors: 11.378 M; added up', short: { extents: { H: 16, W: 12 } },
  },
  {
    file: 'image-translation', model: 'Pix2Pix', trainable: 54_413_955, nonTrainable: 9_856, macs: 6_048_186_368, outputs: { painting: [256, 256, 3] },
    source: 'the authors: 54.414 M; added up', short: { set: { widths: '[8, 8, 8, 8, 8, 8, 8, 8]' } },
  },
  { file: 'image-translation', model: 'PatchGan', trainable: 2_768_705, nonTrainable: 1_792, macs: 3_197_140_992, outputs: { patches: [30, 30, 1] }, source: 'the authors: 2.769 M; added up' },
  {
    file: 'cycle-consistency', model: 'CycleConsistency', trainable: 2 * 11_378_179, nonTrainable: 5_534_850, macs: 204_499_648_512,
    outputs: { painted_real: [30, 30, 1], photographed_real: [30, 30, 1], loss: [] }, source: 'its models: two generators, two frozen critics',
    short: { set: { units: '1', width: '4' } },
  },
  {
    file: 'u-gat-it', model: 'UGatIt', trainable: 10_589_888, nonTrainable: 0, macs: 52_504_560_128,
    outputs: { anime: [256, 256, 3], logits: [2], heatmap: [64, 64, 1] }, source: 'added up', short: { set: { size: '32' } },
  },
  {
    file: 'rgb-d', model: 'RgbD', extents: image(32), trainable: 7_226, nonTrainable: 5_088, macs: 869_376,
    outputs: { labels: [32, 32, 13], normals: [32, 32, 3] }, source: 'added up',
  },
  {
    file: 'autoencoder', model: 'WorldModelVae', trainable: 4_348_547, nonTrainable: 0, macs: 38_779_904, outputs: { restored: [64, 64, 3], divergence: [] },
    source: 'the paper',
  },
]
