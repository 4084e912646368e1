import type { Connection } from 'vscode-languageserver';
import type { TextContext } from '../leak.ts';
import type { Policy } from '../policy/policyFile.ts';
import type { DocumentExcuses } from './documentExcuses.ts';
import { DocumentModel, type DocumentLeak } from './documentModel.ts';
import type { GuardState } from './guardState.ts';

/** A document that is open in the client. */
export interface OpenDocument {
  readonly uri: string;
  readonly language: string;
  /** The path, for rules on paths; that of the notebook for its cells. */
  readonly path: string;
  readonly model: DocumentModel;
  version: number;
  /** A number that no other text has had, of this document or another; a version begins anew with every opening. */
  edition: number;
}

export const pathOf = (uri: string): string => {
  try {
    return decodeURIComponent(new URL(uri).pathname);
  } catch {
    return '';
  }
};

export interface DocumentTools {
  readonly state: GuardState;
  readonly excuses: DocumentExcuses;
  readonly policyOf: (uri: string) => Policy;
  /** Told of every document that was opened or changed, and of those that were closed. */
  readonly changed: (uri: string) => void;
}

/** The documents that are open, kept in step with the client. */
export class Documents {
  readonly #open = new Map<string, OpenDocument>();
  readonly #state;
  readonly #excuses;
  readonly #policyOf;
  #editions = 0;

  constructor(connection: Connection, { state, excuses, policyOf, changed }: DocumentTools) {
    this.#state = state;
    this.#excuses = excuses;
    this.#policyOf = policyOf;
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId: language, version, text } }) => {
      const path = pathOf(uri);
      const context: TextContext = { path, language };
      const model = new DocumentModel(text, context);
      this.#open.set(uri, { uri, language, path, version, model, edition: (this.#editions += 1) });
      changed(uri);
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      const document = this.#open.get(uri);
      if (!document) return;
      document.model.change(contentChanges);
      document.version = version;
      document.edition = this.#editions += 1;
      changed(uri);
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      this.#open.delete(uri);
      changed(uri);
    });
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  all(): OpenDocument[] {
    return [...this.#open.values()];
  }

  /** The leaks of a document that nothing excuses, with the severities that were set. */
  async leaksOf(document: OpenDocument): Promise<DocumentLeak[]> {
    const { uri, model } = document;
    if (!this.#state.documents) return [];
    if (model.leaks.length === 0 || (await this.#excuses.excusesDocument(uri))) return [];
    const leaks = model.leaks.filter(({ fingerprint }) => !this.#excuses.excusesKey(uri, fingerprint));
    return this.#state.weigh(leaks, this.#policyOf(uri));
  }
}
