/** The `code` of a Node system error (`ENOENT`, `EADDRINUSE`, …), or undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** `fetch` hides the reason (`connect ECONNREFUSED …`) in the cause of an error called "fetch failed". */
export function causeOf(error: unknown): string {
  return error instanceof Error && error.cause ? messageOf(error.cause) : messageOf(error);
}
