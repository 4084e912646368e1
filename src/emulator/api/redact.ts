const prefixPattern = /^(?:pk|sk|rk|sk_org|rkcs)_(?:test|live)_/;

/**
 * A token as Stripe prints it in a refusal: a recognised prefix, a star for every word character, the tail; hyphens survive.
 * Unknown tokens keep 4 characters; known ones keep 6 when their body has the 99 characters of today, else 4.
 * Source: captured replies (stripe-auth facts 1.2). A text too short to hide anything behind 4 characters is starred whole (decided).
 */
export function redactToken(text: string, known: boolean): string {
  const prefix = prefixPattern.exec(text)?.[0] ?? '';
  const rest = text.slice(prefix.length);
  const tail = known && rest.length >= 99 ? 6 : 4;
  const kept = rest.length > tail ? rest.slice(-tail) : '';
  return prefix + rest.slice(0, rest.length - kept.length).replaceAll(/\w/g, '*') + kept;
}
