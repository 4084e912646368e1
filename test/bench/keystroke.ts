import { GuardClient } from '../wire/guardClient.ts';
import { DidChangeTextDocumentNotification, DidCloseTextDocumentNotification } from 'vscode-languageserver/node';
import { DocumentModel } from '../../src/leaks/server/documentModel.ts';

type Log = (line: string) => void;

const keystrokes = 2000;
const megabyte = 1_000_000;
const codeLine = 'const total = items.reduce((sum, { price, count }) => sum + price * count, 0); // test_mode\n';

const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN;
const lines = (size: number): string => codeLine.repeat(Math.ceil(size / codeLine.length)).slice(0, size);
const oneLine = (size: number): string => lines(size).replaceAll('\n', ' ');

/**
 * What a keystroke costs. Goals in a document of 5 MB: 0.1 ms of scanning, 5 ms from the change to the diagnostics; the first scan within
 * 50 ms; time linear in the size of a single line.
 */
export async function bench(log: Log): Promise<void> {
  const text = lines(5 * megabyte);
  const started = performance.now();
  const model = new DocumentModel(text, {});
  log(`5 MB in ${text.split('\n').length} lines: first scan ${(performance.now() - started).toFixed(1)} ms`);
  log(typed('  keystroke, update and scan', model, 30_000));
  for (const size of [1, 5, 20]) {
    const begun = performance.now();
    const long = new DocumentModel(oneLine(size * megabyte), {});
    log(`${size} MB in one line: first scan ${(performance.now() - begun).toFixed(1)} ms`);
    log(typed('  keystroke, update and scan', long, 0, 300));
  }
  await overTheWire(log, text);
}

function typed(name: string, model: DocumentModel, line: number, count = keystrokes): string {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const position = { line, character: 20 + (index % 40) };
    const begun = performance.now();
    model.change([{ range: { start: position, end: position }, text: 'x' }]);
    times.push(performance.now() - begun);
  }
  const sorted = times.toSorted((one, other) => one - other);
  return `${name}: p50 ${at(sorted, 0.5).toFixed(3)} ms, p95 ${at(sorted, 0.95).toFixed(3)} ms, p99 ${at(sorted, 0.99).toFixed(3)} ms`;
}

async function overTheWire(log: Log, text: string): Promise<void> {
  const client = await GuardClient.start();
  const uri = 'file:///large.js';
  const opened = performance.now();
  await client.open(uri, text, 'javascript');
  await client.pull(uri);
  log(`over the wire: 5 MB opened and diagnosed in ${(performance.now() - opened).toFixed(1)} ms`);
  const times: number[] = [];
  for (let index = 0; index < 500; index += 1) {
    const position = { line: 30_000, character: 20 };
    const begun = performance.now();
    await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: index + 2 },
      contentChanges: [{ range: { start: position, end: position }, text: 'x' }],
    });
    await client.pull(uri);
    times.push(performance.now() - begun);
  }
  const sorted = times.toSorted((one, other) => one - other);
  log(`  a keystroke to its diagnostics: p50 ${at(sorted, 0.5).toFixed(2)} ms, p95 ${at(sorted, 0.95).toFixed(2)} ms`);
  await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  await client.stop();
}

if (import.meta.main) await bench((text) => console.log(text));
