/**
 * How a JPEG says that it is to be turned: the tag Orientation of its EXIF data, 1 to 8 (TIFF 6.0, page 36). 1, which is as it stands,
 * where it says nothing that can be read.
 */
export function exifOrientation(jpeg: Uint8Array): number {
  const tiff = exifData(jpeg)
  if (!tiff || tiff.byteLength < 8) return 1
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const isLittle = view.getUint16(0) === 0x4949
  const start = view.getUint32(4, isLittle)
  if (start + 2 > view.byteLength) return 1
  const count = view.getUint16(start, isLittle)
  for (let at = start + 2; at < start + 2 + 12 * count && at + 12 <= view.byteLength; at += 12) {
    if (view.getUint16(at, isLittle) !== orientationTag) continue
    const value = view.getUint16(at + 8, isLittle)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

const orientationTag = 0x0112

/** What stands in the segment APP1 behind `Exif` and two zeros; segments end where no marker follows, within the picture itself. */
function exifData(jpeg: Uint8Array): Uint8Array | undefined {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength)
  for (let at = 2; at + 10 <= jpeg.byteLength && view.getUint8(at) === 0xff; ) {
    const end = at + 2 + view.getUint16(at + 2)
    const isExif = view.getUint32(at + 4) === 0x45786966 && view.getUint16(at + 8) === 0
    if (view.getUint8(at + 1) === 0xe1 && isExif) return jpeg.subarray(at + 10, end)
    at = end
  }
  return undefined
}
