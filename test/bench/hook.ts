import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { TestRepository } from '../wire/git/testRepository.ts';
import { liveSecret } from '../unit/fixtures.ts';
import { median } from './load/compare.ts';

const rounds = 15;
const filesInRepository = 500;
const filesInChange = 10;

/**
 * How long our pre-commit hook holds a commit of an ordinary change: beside a hook that does nothing, ours on a clean change and ours on
 * one with a leak, which ends there. Goal: 200 ms.
 */
export async function bench(log: (line: string) => void): Promise<void> {
  const repository = new TestRepository();
  try {
    for (let index = 0; index < filesInRepository; index += 1) repository.write(`src/file${index}.js`, code(index));
    repository.commit();
    repository.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 0\n');
    chmodSync(join(repository.folder, '.git/hooks/pre-commit'), 0o755);
    log(`a commit of ${filesInChange} files in a repository of ${filesInRepository}, medians of ${rounds}:`);
    row(log, 'with a hook that does nothing', measure(repository, { leak: false }));
    repository.keysmith(['hook', 'install']);
    row(log, 'with ours', measure(repository, { leak: false }));
    row(log, 'with ours, which finds a leak and refuses', measure(repository, { leak: true }));
  } finally {
    repository.remove();
  }
}

function measure(repository: TestRepository, { leak }: { readonly leak: boolean }): number[] {
  return Array.from({ length: rounds }, (_, round) => {
    for (let index = 0; index < filesInChange; index += 1) {
      const text = `${code(index)}// ${leak ? 'bad' : 'good'} ${round}\n`;
      repository.write(`src/file${index}.js`, leak && index === 0 ? `${text}const key = '${liveSecret()}';\n` : text);
    }
    repository.git('add', '-A');
    const started = performance.now();
    const { code: status } = repository.git('commit', '-q', '-m', 'a change');
    const ms = performance.now() - started;
    if (status !== (leak ? 1 : 0)) throw new Error(`git commit ended with ${status}`);
    return ms;
  });
}

const code = (index: number): string => `export const number${index} = ${index};\n`.repeat(100);

const row = (log: (line: string) => void, name: string, times: readonly number[]): void =>
  log(`  ${name.padEnd(44)} ${median(times).toFixed(0).padStart(5)} ms, worst ${Math.max(...times).toFixed(0)} ms`);

if (import.meta.main) await bench((line) => console.log(line));
