import { fingerprintOf } from '../../domain/fingerprint.ts';
import { maskToken, Secret } from '../../domain/secret.ts';
import { isEncoded, type Leak, type LeakForm, type TextContext } from '../leak.ts';
import { plainCandidates, type Candidate } from './candidates.ts';
import { hasPublicName, headLength, isServed } from './clientSide.ts';
import { base64Candidates, hexCandidates } from './encodedCandidates.ts';
import { escapedCandidates } from './escapedCandidates.ts';
import { foreignService } from './foreignService.ts';
import { hiddenCandidates } from './hiddenCandidates.ts';
import { joinedCandidates, listedCandidates, splitCandidates } from './joinedCandidates.ts';
import { likelyRanges } from './needles/likelyRanges.ts';
import { isPlaceholder } from './placeholders.ts';
import { gradeOf, ruleOf, sortOf } from './rules.ts';
import { judgeStructure, partsOf } from './structure.ts';

/** Those that see more of a token come first: what they find, the others find only a part of. */
const forms: readonly (readonly [LeakForm, (text: string) => Iterable<Candidate>])[] = [
  ['joined', joinedCandidates],
  ['joined', splitCandidates],
  ['joined', listedCandidates],
  ['hidden', hiddenCandidates],
  ['escaped', escapedCandidates],
  ['base64', base64Candidates],
  ['hex', hexCandidates],
  ['plain', plainCandidates],
];

/** How much behind a token tells what it is. */
const lookAhead = 80;

/** The leaks of a text in order, none over another. Time linear in the length of the text. */
export function findLeaks(text: string, context: TextContext = {}): Leak[] {
  const ranges = likelyRanges(text);
  const [whole] = ranges;
  if (ranges.length === 1 && whole?.start === 0 && whole.end === text.length) return findInAll(text, context);
  const served = context.served ?? isServed(text.slice(0, headLength), context);
  return ranges.flatMap(({ start, end }) =>
    findInAll(text.slice(start, end), { ...context, served }).map((leak) => ({
      ...leak,
      start: start + leak.start,
      end: start + leak.end,
    })),
  );
}

function findInAll(text: string, context: TextContext): Leak[] {
  let leaks: Leak[] = [];
  let served: boolean | undefined = context.served;
  for (const [form, candidates] of forms) {
    const found: Leak[] = [];
    for (const candidate of candidates(text)) {
      served ??= isServed(text.slice(0, headLength), context);
      const leak = judge(text, candidate, form, { ...context, served });
      if (leak) found.push(leak);
    }
    leaks = merged(leaks, found);
  }
  return leaks;
}

function judge(text: string, { start, end, token }: Candidate, form: LeakForm, context: TextContext): Leak | undefined {
  const parts = partsOf(token);
  const behind = isEncoded(form) ? '' : text.slice(end, end + lookAhead);
  const structure = judgeStructure(parts, behind);
  if (!structure) return undefined;
  const fingerprint = fingerprintOf(token);
  const { kind, mode } = sortOf(token);
  const clientSide = (context.served ?? false) || hasPublicName(text, start);
  const rule = ruleOf({ kind, mode, token, body: parts.body, clientSide });
  if (!rule || (rule !== 'emulator-key' && rule !== 'sample-key' && isPlaceholder(parts.body))) return undefined;
  const service =
    rule === 'emulator-key' || rule === 'sample-key'
      ? undefined
      : foreignService(text, start, end, parts, context.path);
  return {
    rule,
    kind,
    mode,
    severity: gradeOf(rule, mode, context),
    confidence: service === undefined ? structure : 'doubtful',
    ...(service === undefined ? {} : { service }),
    form,
    start,
    end,
    mask: maskToken(token),
    fingerprint,
    secret: new Secret(token),
  };
}

/** Both in order; of the second what stands over nothing of the first. */
function merged(first: Leak[], second: Leak[]): Leak[] {
  if (first.length === 0 || second.length === 0) return first.length === 0 ? second : first;
  const all: Leak[] = [];
  let next = 0;
  for (const leak of second) {
    for (let one = first[next]; one && one.end <= leak.start; one = first[next]) {
      all.push(one);
      next += 1;
    }
    const over = first[next];
    if (!over || over.start >= leak.end) all.push(leak);
  }
  return [...all, ...first.slice(next)];
}
