import { noPolicy, policyOf, type Policy } from './policyFile.ts';

/** The policies of folders. What was read is remembered until `forget`. */
export class Policies {
  readonly #known = new Map<string, Policy>();
  readonly #told = new Set<string>();
  readonly #tell;

  /** @param tell told why a policy cannot be used, once each */
  constructor(tell: (message: string) => void) {
    this.#tell = tell;
  }

  forget(): void {
    this.#known.clear();
  }

  /** The policy for what is in a root; none where it cannot be used. */
  of(root: string | undefined): Policy {
    if (root === undefined) return noPolicy;
    const known = this.#known.get(root);
    if (known) return known;
    const read = policyOf(root);
    const policy = read.ok ? read.value : noPolicy;
    this.#known.set(root, policy);
    if (!read.ok && !this.#told.has(read.problem)) {
      this.#told.add(read.problem);
      this.#tell(`${read.problem} Until it is mended its rules do not count.`);
    }
    return policy;
  }
}
