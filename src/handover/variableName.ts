/** Whether a text can name an environment variable in every shell. */
export const isVariableName = (text: string): boolean => /^[A-Za-z_][0-9A-Za-z_]*$/.test(text);
