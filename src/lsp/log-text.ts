/** What is logged of something that was thrown: where it happened, if it says so. */
export const logText = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
