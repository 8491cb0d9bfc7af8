/** Whether a name says by its leading `_` that nothing reads it on purpose. */
export const isMeantUnread = (name: string): boolean => name.startsWith('_')
