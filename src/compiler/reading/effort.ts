/** What all elaborations of a text have done: turns, calls and nodes. It bounds searches by what they cost, not by the clock. */
export class Effort {
  private done = 0

  get spent(): number {
    return this.done
  }

  add(count: number): void {
    this.done += count
  }
}
