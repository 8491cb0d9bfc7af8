import { above, words, type Panel } from './panel.ts'
import type { Theme } from './theme.ts'

/** A picture with its words, before it is drawn in the colours of a theme. */
export interface Figure {
  readonly title: string
  /** Lines below the title: sizes, statistics, what is left out. */
  readonly captions: readonly string[]
  /** What a person who does not see the picture is told. */
  readonly alt: string
  readonly panel: (theme: Theme) => Panel
}

/** The panel of a figure below its title and captions, as a file that stands alone needs it. */
export const titledPanel = ({ title, captions, panel }: Figure, theme: Theme): Panel =>
  above([above([words(title, theme.ink), ...captions.map((caption) => words(caption, theme.faint))], 2), panel(theme)], 14)
