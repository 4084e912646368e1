import { nextNodes, type FormNode, type HiddenForm } from './hiddenForm.ts';

/** By how much one state's row lies behind another's: states are told by where their rows begin. */
const rowLength = 256;
const root = rowLength;
/** More states than these are forgotten: bytes that are made to need ever new ones shall not fill the memory. */
const usualStates = 4096;

/** A form that is being read. */
export interface Reading {
  readonly form: HiddenForm;
  /** The most bytes since it began. */
  readonly most: number;
}

interface State {
  /** The nodes of the forms that are being read, by their numbers here. */
  readonly threads: readonly number[];
  /** The forms of which enough has been read. */
  readonly found: readonly Reading[];
  /** The forms of which something has been read that may have to be covered. */
  readonly held: readonly Reading[];
  /** The most bytes since the first of all these began. */
  readonly most: number;
}

const nothing: State = { threads: [], found: [], held: [], most: 0 };

/**
 * Looks for the first half of many forms at once, in one pass over the bytes: a table of states, of which each row is made when bytes first
 * need it. Of one byte a step it is all the same how many forms there are and how nearly the bytes are one of them.
 */
export class FormSearch {
  readonly #mostStates: number;
  readonly #nodes: readonly FormNode[];
  /** By node: the number of its form's first node, and its form. */
  readonly #first: readonly number[];
  readonly #form: readonly HiddenForm[];
  /** By byte: the nodes that it leads to from the beginnings of the forms. */
  readonly #begun: readonly (readonly number[])[];
  #states: State[] = [];
  #numbers = new Map<string, number>();
  /** By state and byte: the next state, below zero where enough of a form has been read there, and zero where it is not known yet. */
  #table = new Int32Array(16 * rowLength);
  #state = root;

  constructor(forms: readonly HiddenForm[], mostStates = usualStates) {
    this.#mostStates = mostStates;
    this.#nodes = forms.flatMap(({ nodes }) => nodes);
    let first = 0;
    const firsts = forms.map(({ nodes }) => (first += nodes.length) - nodes.length);
    this.#first = forms.flatMap(({ nodes }, index) => nodes.map(() => firsts[index] ?? 0));
    this.#form = forms.flatMap((form) => form.nodes.map(() => form));
    const begun = Array.from({ length: rowLength }, (): number[] => []);
    for (const [index, { nodes }] of forms.entries()) {
      const next = nodes[0]?.next ?? [];
      for (let at = 0; at < next.length; at += 2)
        begun[next[at] ?? 0]?.push((firsts[index] ?? 0) + (next[at + 1] ?? 0));
    }
    this.#begun = begun;
    this.#forget();
  }

  /** What is being read where `scan` stopped. */
  get now(): Omit<State, 'threads'> {
    return this.#states[this.#state / rowLength] ?? nothing;
  }

  /** Reads on from a place, up to where enough of a form has been read, or to the end; returns where it stopped. */
  scan(bytes: Buffer, from: number): number {
    let table = this.#table;
    let state = this.#state;
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      let next = table[state + byte] as number;
      if (next <= 0) {
        if (next === 0) {
          next = this.#step(state, byte);
          table = this.#table;
        }
        if (next < 0) {
          this.#state = -next;
          return at + 1;
        }
      }
      state = next;
    }
    this.#state = state;
    return bytes.length;
  }

  /** Begins anew. */
  reset(): void {
    this.#state = root;
  }

  #after(node: number, byte: number): number[] {
    const first = this.#first[node] ?? 0;
    const form = this.#form[node];
    return form ? nextNodes(form, node - first, byte).map((next) => first + next) : [];
  }

  #step(state: number, byte: number): number {
    const threads = new Set(this.#begun[byte]);
    for (const thread of this.#states[state / rowLength]?.threads ?? [])
      for (const next of this.#after(thread, byte)) threads.add(next);
    const all = [...threads].toSorted((one, other) => one - other);
    const key = all.join();
    const rows = this.#states;
    const number = this.#numbers.get(key) ?? this.#add(key, all);
    // Where the states were forgotten this one has no row any more.
    if (rows === this.#states) this.#table[state + byte] = number;
    return number;
  }

  #add(key: string, all: readonly number[]): number {
    if (this.#states.length >= this.#mostStates) this.#forget();
    const isEnough = (node: number): boolean =>
      (this.#nodes[node]?.read ?? 0) >= (this.#form[node]?.enough ?? Infinity);
    const threads = all.filter((node) => !isEnough(node));
    const held = threads.filter((node) => this.#nodes[node]?.held);
    const state: State = {
      threads,
      found: this.#readings(all.filter(isEnough)),
      held: this.#readings(held),
      most: Math.max(0, ...threads.map((node) => this.#nodes[node]?.most ?? 0)),
    };
    const index = this.#states.push(state) - 1;
    const number = (state.found.length > 0 ? -index : index) * rowLength;
    this.#numbers.set(key, number);
    if ((index + 1) * rowLength > this.#table.length) {
      const wider = new Int32Array(this.#table.length * 2);
      wider.set(this.#table);
      this.#table = wider;
    }
    return number;
  }

  #readings(nodes: readonly number[]): Reading[] {
    return nodes.flatMap((node): Reading[] => {
      const form = this.#form[node];
      return form ? [{ form, most: this.#nodes[node]?.most ?? 0 }] : [];
    });
  }

  #forget(): void {
    this.#table.fill(0);
    this.#numbers = new Map();
    // The first stands for "not known yet", the second for "nothing is being read".
    this.#states = [nothing, nothing];
    this.#numbers.set('', root);
  }
}
