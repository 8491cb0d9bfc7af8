/** Lets people draw on a canvas: white on black, as the digits were that the network has learned from. */
export function openPad(canvas: HTMLCanvasElement, onStroke: () => void): { readonly clear: () => void } {
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('this browser does not draw')
  const clear = (): void => {
    context.fillStyle = 'black'
    context.fillRect(0, 0, canvas.width, canvas.height)
  }
  clear()
  Object.assign(context, { strokeStyle: 'white', lineWidth: canvas.width / 14, lineCap: 'round', lineJoin: 'round' })
  canvas.addEventListener('pointerdown', ({ offsetX, offsetY, pointerId }) => {
    canvas.setPointerCapture(pointerId)
    context.beginPath()
    context.moveTo(offsetX, offsetY)
  })
  canvas.addEventListener('pointermove', ({ offsetX, offsetY, buttons }) => {
    if (buttons === 0) return
    context.lineTo(offsetX, offsetY)
    context.stroke()
  })
  canvas.addEventListener('pointerup', onStroke)
  return { clear }
}
