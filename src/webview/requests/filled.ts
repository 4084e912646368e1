/** A text with what belongs in its places: `{0}`, `{1}`. */
export const filled = (text: string | undefined, ...values: readonly (string | number)[]): string =>
  (text ?? '').replaceAll(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ''));
