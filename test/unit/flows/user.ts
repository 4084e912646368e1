import { registerHooks } from 'node:module';

/** Lets the code that is imported from here on, with `await import()`, have a user that a test plays in the place of the editor. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: new URL('fakeVscode.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

export { user, type Message, type Prompt } from './fakeVscode.ts';
