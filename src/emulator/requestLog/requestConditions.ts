import type { RequestFilter } from './requestRecord.ts';

/** A filter as SQL. */
export interface Conditions {
  readonly where: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** What a text is looked for in, as the rows of the panel have it. */
const searched = `lower(method || ' ' || path || iif(query = '', '', '?' || query) || ' ' || id || ' ' || coalesce(refused, ''))`;

export function conditionsOf(filter: Omit<RequestFilter, 'limit' | 'offset' | 'brief'>): Conditions {
  const where: string[] = [];
  const values: Record<string, string | number> = {};
  const add = (name: string, value: string | number | undefined, condition: string): void => {
    if (value === undefined) return;
    where.push(condition);
    values[name] = value;
  };
  add('key', filter.key, 'key = :key');
  add('account', filter.account, 'account = :account');
  add('mode', filter.mode, 'mode = :mode');
  add('status', filter.status, 'status = :status');
  add('outcome', filter.outcome, 'outcome = :outcome');
  add('method', filter.method, 'method = :method');
  add('path', filter.path, 'instr(path, :path) > 0');
  add('since', filter.since?.getTime(), 'time >= :since');
  add('until', filter.until?.getTime(), 'time < :until');
  add('after', filter.after, 'sequence > coalesce((SELECT sequence FROM requests WHERE id = :after), 0)');
  add('before', filter.before, 'sequence < (SELECT sequence FROM requests WHERE id = :before)');
  add('upTo', filter.upTo, 'sequence <= (SELECT sequence FROM requests WHERE id = :upTo)');
  const words = filter.text?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  for (const [index, word] of words.entries()) add(`word${index}`, word, `instr(${searched}, :word${index}) > 0`);
  return { where: where.length === 0 ? 'TRUE' : where.join(' AND '), values };
}
