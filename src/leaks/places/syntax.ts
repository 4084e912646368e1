import type { Node, Tree } from '@vscode/tree-sitter-wasm';
import type { GrammarName } from './grammarFiles.ts';
import type { Grammars } from './grammars.ts';

/** A longer text is not parsed: what is written by hand is shorter. */
export const mostParsed = 1_000_000;
/** How deep a place may lie: code that somebody reads is not nested a tenth as deep. */
const mostDepth = 2000;
const budgetMs = 1500;

/** Comments have no field, and at most one level of nodes in them. */
const comments = / \((?:line_|block_|html_)?comment(?: [^()]*(?:\([^()]*\)[^()]*)*)?\)/g;

/** A node on the way from the whole text to a place, with the name of the field of the node before that it is. */
export interface Step {
  readonly node: Node;
  readonly type: string;
  readonly field: string | undefined;
}

/** What a grammar makes of a text. To be freed, for it lives in the memory of the parser. */
export class Syntax {
  readonly text: string;
  readonly #tree: Tree;
  #users = 1;
  #faults: number | undefined;
  #shape: string | undefined;

  private constructor(text: string, tree: Tree) {
    this.text = text;
    this.#tree = tree;
  }

  /** Undefined where the text is too long, or takes too long. */
  static async of(grammars: Grammars, grammar: GrammarName, text: string): Promise<Syntax | undefined> {
    if (text.length > mostParsed) return undefined;
    const parser = await grammars.parser(grammar);
    const end = performance.now() + budgetMs;
    try {
      const tree = parser.parse(text, undefined, { progressCallback: () => performance.now() > end });
      return tree ? new Syntax(text, tree) : undefined;
    } finally {
      parser.delete();
    }
  }

  get root(): Node {
    return this.#tree.rootNode;
  }

  /** The nodes around a stretch of the text, from the whole to the smallest; undefined where they are too many. */
  around(start: number, end: number): Step[] | undefined {
    const cursor = this.#tree.walk();
    const steps: Step[] = [];
    try {
      for (;;) {
        steps.push({
          node: cursor.currentNode,
          type: cursor.nodeType,
          field: cursor.currentFieldName ?? undefined,
        });
        if (steps.length > mostDepth) return undefined;
        if (!cursor.gotoFirstChild()) return steps;
        while (cursor.endIndex < end || cursor.endIndex <= start) if (!cursor.gotoNextSibling()) return steps;
        if (cursor.startIndex > start) return steps;
      }
    } finally {
      cursor.delete();
    }
  }

  /** How many faults the parser had to step over. */
  get faults(): number {
    return (this.#faults ??= this.#countFaults());
  }

  /** What the text is made of, without its comments: the same for two texts that differ in those alone. */
  get shape(): string {
    return (this.#shape ??= this.root.toString().replaceAll(comments, ''));
  }

  /** For one more user; each calls `free`. */
  share(): this {
    this.#users += 1;
    return this;
  }

  free(): void {
    this.#users -= 1;
    if (this.#users === 0) this.#tree.delete();
  }

  #countFaults(): number {
    const cursor = this.#tree.walk();
    let count = 0;
    try {
      for (let down = true; ;) {
        if (down && (cursor.currentNode.isError || cursor.currentNode.isMissing)) count += 1;
        if (down && cursor.currentNode.hasError && cursor.gotoFirstChild()) continue;
        if (cursor.gotoNextSibling()) down = true;
        else if (cursor.gotoParent()) down = false;
        else return count;
      }
    } finally {
      cursor.delete();
    }
  }
}

/** Parses texts, and remembers the last: what can be done about a document is asked several times over. */
export class Parses {
  readonly #grammars;
  #last:
    | { readonly grammar: GrammarName; readonly text: string; readonly syntax: Promise<Syntax | undefined> }
    | undefined;

  constructor(grammars: Grammars) {
    this.#grammars = grammars;
  }

  /** A document's; undefined where it is too long, or takes too long. */
  async document(grammar: GrammarName, text: string): Promise<Syntax | undefined> {
    if (this.#last?.grammar !== grammar || this.#last.text !== text) {
      const old = this.#last?.syntax;
      this.#last = { grammar, text, syntax: Syntax.of(this.#grammars, grammar, text) };
      void old?.then((syntax) => syntax?.free());
    }
    return (await this.#last.syntax)?.share();
  }

  /** What would become of one: it is asked for once. */
  async draft(grammar: GrammarName, text: string): Promise<Syntax | undefined> {
    return await Syntax.of(this.#grammars, grammar, text);
  }
}
