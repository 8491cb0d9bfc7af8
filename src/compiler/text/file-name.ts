/** The name of a file without its folders, which are written with slashes. */
export const fileName = (file: string): string => file.slice(file.lastIndexOf('/') + 1)

/** Another file of the same folder. */
export const besideFile = (file: string, name: string): string => `${file.slice(0, file.lastIndexOf('/') + 1)}${name}`
