/** What a place has to do with what is said of it. */
export type Role = 'decided' | 'computed' | 'comes from' | 'needed'

interface LabelText {
  readonly text: string
  readonly what: string
  readonly role: Role
}

/** What is said of a place that is shown, with its parts where something depends on them. */
export type Saying = LabelText | { readonly text: string; readonly what?: undefined; readonly role?: undefined }

/** `8 channels decided here`, `height 4 computed here: 8 / 2 = 4`. */
export const labelText = (what: string, role: Role, by?: string): LabelText => ({
  text: `${what} ${role} here${by === undefined ? '' : `: ${by}`}`,
  what,
  role,
})
