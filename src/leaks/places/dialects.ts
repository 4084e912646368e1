import type { Node } from '@vscode/tree-sitter-wasm';
import type { GrammarName } from './grammarFiles.ts';
import type { PlaceRefusal } from './place.ts';
import type { Step, Syntax } from './syntax.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a table of nodes cannot say: the last step is the literal, or what expands the text. */
type Dialect = (syntax: Syntax, steps: readonly Step[], span: Span) => PlaceRefusal | undefined;

const last = (steps: readonly Step[], ...types: readonly string[]): Step | undefined =>
  steps.findLast(({ type }) => types.includes(type));

const children = (node: Node): Node[] => node.children.filter((child) => child !== null);

const hasChild = (node: Node, type: string, text: string): boolean =>
  children(node).some((child) => child.type === type && child.text === text);

/** Whether a word of a declaration stands in front of what is declared. */
const hasModifier = (node: Node, type: string, text: string): boolean =>
  children(node).some(
    (child) =>
      (child.type === type && child.text.split(/\s+/).includes(text)) ||
      (child.type === 'modifiers' && hasChild(child, type, text)),
  );

function typescript(syntax: Syntax, steps: readonly Step[]): PlaceRefusal | undefined {
  const own = steps.at(-1)?.node;
  const parent = steps.at(-2);
  if (!own || !parent) return undefined;
  // A computed name of a member, and an index, must be known to the compiler.
  if (parent.type === 'subscript_expression' && steps.at(-1)?.field === 'index') return 'type';
  if (/^(?:as|satisfies)_expression$/.test(parent.type)) {
    const type = syntax.text.slice(own.endIndex, parent.node.endIndex);
    if (/^\s*as\s+const\b|['"`]/.test(type)) return 'type';
  }
  const declared = last(
    steps,
    'variable_declarator',
    'required_parameter',
    'optional_parameter',
    'public_field_definition',
  );
  const type = declared?.node.childForFieldName('type')?.text ?? '';
  return declared && declared === parent && /['"`]|\bas const\b/.test(type) ? 'type' : undefined;
}

function ruby(syntax: Syntax, steps: readonly Step[]): PlaceRefusal | undefined {
  const body = last(steps, 'heredoc_body');
  if (!body || steps.slice(steps.indexOf(body)).some(({ type }) => type === 'interpolation')) return undefined;
  const end = children(body.node)
    .find(({ type }) => type === 'heredoc_end')
    ?.text.trim();
  if (end === undefined || !/^\w+$/.test(end)) return 'unparsable';
  const before = syntax.text.slice(0, body.node.startIndex);
  const begin = [...before.matchAll(new RegExp(`<<[~-]?(["'\`]?)${end}\\b`, 'g'))].at(-1);
  return begin?.[1] === "'" ? 'quotedHeredoc' : undefined;
}

function go(syntax: Syntax, steps: readonly Step[]): PlaceRefusal | undefined {
  const parent = steps.at(-2);
  const literal = steps.at(-1)?.node;
  if (!parent || !literal) return undefined;
  const texts = /^(?:string|any|interface\s*\{\s*\})$/;
  if (parent.type === 'binary_expression') {
    const operator = parent.node.childForFieldName('operator')?.text;
    if (operator !== '+') return 'otherType';
    if (last(steps.slice(0, -1), 'var_spec')?.node.childForFieldName('type')) return 'otherType';
  }
  if (parent.type === 'literal_element') {
    const at = steps.findLastIndex(({ type }) => type === 'composite_literal');
    const type = steps[at]?.node.childForFieldName('type')?.text ?? '';
    const isKey = parent.field === 'key';
    const levels = steps.slice(at).filter((step) => step.type === 'literal_value').length;
    // Of `map[A][]B` the levels are maps and lists; what lies deeper is in structures, whose fields are not seen here.
    const containers = [...type.matchAll(/map\[(?<key>[^\]]*)\]|\[[^\]]*\]/g)];
    const element = levels === containers.length ? type.slice(type.lastIndexOf(']') + 1) : undefined;
    const of = isKey ? containers[levels - 1]?.groups?.['key'] : element;
    if (of !== undefined && !texts.test(of)) return 'otherType';
  }
  const returned = last(steps, 'return_statement', 'func_literal', 'call_expression', 'composite_literal');
  if (returned?.type === 'return_statement') {
    const into = last(
      steps.slice(0, steps.indexOf(returned)),
      'function_declaration',
      'method_declaration',
      'func_literal',
    );
    const result = into?.node.childForFieldName('result')?.text ?? '';
    if (!/\bstring\b|\bany\b|\binterface\b/.test(result)) return 'otherType';
  }
  return bound(syntax, 'os') ? 'shadowed' : undefined;
}

/** Whether a file gives a meaning of its own to the name of the package that reads the environment. */
function bound({ text }: Syntax, name: string): boolean {
  return new RegExp(
    `\\b${name}\\b\\s*(?:,[\\w\\s,]*)?:=|\\b(?:var|const|func|type)\\s+${name}\\b|[(,]\\s*${name}\\s+[\\w*\\[\\]]`,
  ).test(text);
}

function java({ text }: Syntax, steps: readonly Step[], { start }: Span): PlaceRefusal | undefined {
  const literal = steps.at(-1)?.node;
  if (literal?.text.startsWith('"""') && !/^"""\s*$/.test(text.slice(literal.startIndex, start))) return 'part';
  const declarator = last(steps, 'variable_declarator');
  const name = declarator?.node.childForFieldName('name')?.text;
  if (name === undefined || !/^\w+$/.test(name)) return undefined;
  const asConstant = new RegExp(`\\bcase\\b[^:>\\n]*\\b${name}\\b|@\\w[\\w.]*\\s*\\([^)]*\\b${name}\\b`);
  return asConstant.test(text) ? 'constant' : undefined;
}

function kotlin(_: Syntax, steps: readonly Step[]): PlaceRefusal | undefined {
  const property = last(steps, 'property_declaration', 'block');
  const constant = property?.type === 'property_declaration' && /^[^=]*\bconst\b[^=]*\bval\b/.test(property.node.text);
  return constant ? 'constant' : undefined;
}

function rust({ text }: Syntax, steps: readonly Step[]): PlaceRefusal | undefined {
  const literal = steps.at(-1);
  const parent = steps.at(-2);
  if (!literal || !parent) return undefined;
  if (/^[bc]/.test(literal.node.text)) return 'bytes';
  const fn = last(steps, 'function_item', 'closure_expression');
  if (fn?.type === 'function_item' && hasModifier(fn.node, 'function_modifiers', 'const')) return 'constant';
  if (parent.type === 'arguments') {
    const callee = steps.at(-3)?.node.childForFieldName('function')?.text ?? '';
    if (/(?:^|::)[A-Z]\w*$/.test(callee)) return 'lifetime';
    return /^(?:String::from|.*[a-z_]\w*)$/s.test(callee) && !/(?:Box|Rc|Arc|Cell|Mutex|Cow)::\w+$/.test(callee)
      ? undefined
      : 'lifetime';
  }
  if (parent.type === 'let_declaration') {
    const type = parent.node.childForFieldName('type')?.text;
    const pattern = parent.node.childForFieldName('pattern')?.type;
    if (pattern !== 'identifier') return 'pattern';
    return type === undefined || type === '&str' ? undefined : 'lifetime';
  }
  const method = parent.node.childForFieldName('field')?.text ?? '';
  const called = steps.at(-3)?.type === 'call_expression' && text[parent.node.endIndex] === '(';
  return called && ['to_string', 'to_owned', 'len', 'is_empty'].includes(method) ? undefined : 'lifetime';
}

function csharp({ text }: Syntax, steps: readonly Step[]): PlaceRefusal | undefined {
  const literal = steps.at(-1)?.node;
  const declaration = last(steps, 'field_declaration', 'local_declaration_statement', 'block', 'lambda_expression');
  if (declaration && hasModifier(declaration.node, 'modifier', 'const')) return 'constant';
  if (literal && /"u8$/i.test(literal.text)) return 'bytes';
  if (literal?.type === 'raw_string_literal' && literal.text.includes('\n')) return 'part';
  return /\b(?:class|namespace|struct)\s+System\b/.test(text) ? 'shadowed' : undefined;
}

function bash({ text }: Syntax, steps: readonly Step[], { start, end }: Span): PlaceRefusal | undefined {
  const heredoc = last(steps, 'heredoc_redirect')?.node;
  const body = last(steps, 'heredoc_body');
  const begin = heredoc && children(heredoc).find(({ type }) => type === 'heredoc_start')?.text;
  if (body && (begin === undefined || /['"\\]/.test(begin))) return 'quotedHeredoc';
  const quoted = last(steps, 'raw_string', 'ansi_c_string', 'command_substitution');
  if (quoted?.type === 'ansi_c_string' && quoted.node.text !== `$'${text.slice(start, end)}'`) return 'part';
  const around = steps.slice(0, quoted ? steps.indexOf(quoted) : 0);
  const inner = last(around, 'command_substitution');
  const within = inner ? around.slice(around.indexOf(inner)) : around;
  if (quoted?.type === 'raw_string' && last(within, 'string', 'heredoc_body')) return 'place';
  return text.slice(start, end).includes('\n') ? 'part' : undefined;
}

const blocks = /^(?:resource|data|provider|module|locals|output)$/;

function terraform(_: Syntax, steps: readonly Step[]): PlaceRefusal | undefined {
  const literal = steps.at(-1);
  if (steps.at(-2)?.type === 'block') return 'place';
  const block = steps.find(({ type }) => type === 'block')?.node;
  const kind = block && children(block)[0]?.text;
  if (kind === 'variable') return 'variableDefault';
  if (!literal || kind === undefined || !blocks.test(kind)) return 'fixedBlock';
  const attributes = steps.filter(({ type }) => type === 'attribute' || type === 'block');
  const names = attributes.map(({ node }) => children(node)[0]?.text ?? '');
  if (kind === 'module' && /^(?:source|version)$/.test(names[1] ?? '')) return 'fixedBlock';
  return names.some((name) => /^(?:lifecycle|depends_on)$/.test(name)) ? 'fixedBlock' : undefined;
}

export const dialects: Partial<Record<GrammarName, Dialect>> = {
  typescript,
  tsx: typescript,
  ruby,
  go,
  java,
  kotlin,
  rust,
  csharp,
  bash,
  terraform,
};
