/** Something that is ended by whoever made it. VS Code's `Disposable` satisfies it. */
export interface Disposable {
  dispose(): unknown;
}
