import { Buffer } from 'node:buffer'

interface HtmlFigure {
  readonly title: string
  readonly captions: readonly string[]
  /** What a person who does not see the picture is told. */
  readonly alt: string
  /** PNG files for light and for dark surroundings. */
  readonly light: Uint8Array
  readonly dark: Uint8Array
}

/**
 * One page that holds everything it shows: no script, no other file, no address. It follows the reader's choice of light or dark.
 */
export function htmlPage(title: string, intro: string, figures: readonly HtmlFigure[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
:root { color-scheme: light dark; --background: #fff; --ink: #1b1f24; --faint: #57606a; --line: #d0d7de }
@media (prefers-color-scheme: dark) { :root { --background: #16181d; --ink: #e6e8ec; --faint: #9198a1; --line: #3d444d } }
body { margin: 2rem auto; max-width: 84rem; padding: 0 1rem; background: var(--background); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
h1 { font-size: 1.5rem } h2 { font-size: 1rem; font-family: ui-monospace, monospace; overflow-wrap: anywhere; margin: 0 }
figure { margin: 2rem 0; padding-top: 1rem; border-top: 1px solid var(--line); overflow-x: auto }
figcaption p { margin: 0.25rem 0; color: var(--faint) }
img { display: block; margin-top: 0.5rem; max-width: none; image-rendering: pixelated }
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(intro)}</p>
${figures.map(figure).join('\n')}
</main>
</body>
</html>
`
}

const figure = ({ title, captions, alt, light, dark }: HtmlFigure): string => `<figure>
<figcaption>
<h2>${escaped(title)}</h2>
${captions.map((caption) => `<p>${escaped(caption)}</p>`).join('\n')}
</figcaption>
<picture>
<source media="(prefers-color-scheme: dark)" srcset="${dataUrl(dark)}">
<img src="${dataUrl(light)}" alt="${escaped(alt)}">
</picture>
</figure>`

const dataUrl = (png: Uint8Array): string => `data:image/png;base64,${Buffer.from(png).toString('base64')}`

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]!)
