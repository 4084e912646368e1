import { judgeName } from './secretNames.ts';

/** A string or number of a JSON text, to be written otherwise. */
export interface Scalar {
  readonly kind: 'name' | 'string' | 'number';
  /** Of a string what it stands for, of a number how it is written. */
  readonly text: string;
  /** By the names on the way to it; an item of a list has the names of the list. */
  readonly secret: boolean;
  /** The text ends within it. */
  readonly cut: boolean;
}

interface Container {
  readonly list: boolean;
  /** Everything in it is a secret. */
  readonly secret: boolean;
  /** Of a list: its plain items are secrets. */
  readonly items: boolean;
}

const tokens = /"(?:[^"\\]|\\.)*("?)|-?\d[\d.eE+-]*|[{}[\],]|true|false|null|[\s:]+|./gs;
const outside: Container = { list: true, secret: false, items: false };

/**
 * A JSON text, or the beginning of one, with strings and numbers as `write` gives them (undefined: as they are); the rest as it stands.
 * Undefined where it is no JSON.
 */
export function rewriteJson(
  text: string,
  isCut: boolean,
  write: (scalar: Scalar) => string | undefined,
): string | undefined {
  const open: Container[] = [];
  let inside = outside;
  let name: string | undefined;
  let result = '';
  const whole = isCut ? text.replace(/\\+$/, '') : text;
  for (const { 0: token, 1: close, index } of whole.matchAll(tokens)) {
    const first = token.charAt(0);
    const last = index + token.length === whole.length;
    if (first === '"') {
      const cut = last && (isCut || close === '');
      const plain = close === '' && !cut ? undefined : stringOf(token, close !== '');
      if (plain === undefined) return undefined;
      if (!inside.list && name === undefined) {
        name = plain;
        result += write({ kind: 'name', text: plain, secret: false, cut }) ?? token;
      } else result += write({ kind: 'string', text: plain, secret: isSecret(inside, name), cut }) ?? token;
      continue;
    }
    if (first === '-' || (first >= '0' && first <= '9')) {
      const secret = isSecret(inside, name);
      result += write({ kind: 'number', text: token, secret, cut: last && isCut }) ?? token;
      continue;
    }
    result += token;
    if (first === '{' || first === '[') {
      open.push(inside);
      inside = contained(inside, name, first === '[');
      name = undefined;
    } else if (first === '}' || first === ']') {
      inside = open.pop() ?? outside;
      name = undefined;
    } else if (first === ',') name = undefined;
    else if (token.length === 1 && !last && !/[\s:]/.test(first)) return undefined;
  }
  return result;
}

const isSecret = (inside: Container, name: string | undefined): boolean =>
  inside.secret || (name === undefined ? inside.items : judgeName(name) !== undefined);

function contained(inside: Container, name: string | undefined, list: boolean): Container {
  const verdict = name === undefined ? undefined : judgeName(name);
  return {
    list,
    secret: inside.secret || verdict === 'all',
    items: list && (name === undefined ? inside.items : verdict !== undefined),
  };
}

/** What a string stands for; undefined where it is none. */
function stringOf(token: string, closed: boolean): string | undefined {
  if (!token.includes('\\')) return token.slice(1, closed ? -1 : undefined);
  try {
    return JSON.parse(closed ? token : `${token.replace(/\\(?:u[0-9a-f]{0,3})?$/i, '')}"`) as string;
  } catch {
    return undefined;
  }
}
