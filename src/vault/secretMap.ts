/** The part of VS Code's `SecretStorage` that the vault uses; a `Map` behind promises satisfies it in a test. */
export interface SecretMap {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  keys(): PromiseLike<readonly string[]>;
}
