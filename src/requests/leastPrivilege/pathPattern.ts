/** An id of an object, such as `cus_Ab12`, or a part of a path with digits that is no version: `v1` stays. */
const idPart = /^(?:[a-z]+_[0-9A-Za-z_]*[0-9A-Z][0-9A-Za-z_]*|[0-9A-Za-z]*\d[0-9A-Za-z]*)$/;

/** A path with `:id` for what names an object: `/v1/customers/:id`. */
export function pathPattern(path: string): string {
  const [, version = '', ...parts] = path.split('/');
  return ['', version, ...parts.map((part) => (idPart.test(part) ? ':id' : part))].join('/');
}
