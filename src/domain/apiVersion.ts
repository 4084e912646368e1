/** The version of the API that an account has by default here, as the emulator answers it. */
export const currentApiVersion = '2026-10-28.endive';
