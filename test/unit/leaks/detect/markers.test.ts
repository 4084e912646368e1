import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findLeaks } from '../../../../src/leaks/detect/findLeaks.ts';
import { withoutIgnored } from '../../../../src/leaks/detect/markers.ts';
import { liveSecret } from '../../fixtures.ts';

const leak = `key = "${liveSecret()}"`;
const left = (text: string): number => withoutIgnored(text, findLeaks(text)).length;

describe('withoutIgnored', () => {
  for (const [why, text] of [
    ['our word behind it', `${leak} // keysmith:ignore`],
    ['our word with a reason', `${leak} # keysmith:ignore it was rotated in May`],
    ['our word in a block comment before it', `/* keysmith:ignore */ ${leak}`],
    ['our word on the line above', `// keysmith:ignore rotated\n${leak}`],
    ['our word above, indented', `  # keysmith:ignore\n    ${leak}`],
    ['our word above, in a page', `<!-- keysmith:ignore -->\n${leak}`],
    ['our word above, in SQL', `-- keysmith:ignore\n${leak}`],
    ['our word above, in a batch file', `REM keysmith:ignore\r\n${leak}`],
    ['our word above, in Lisp', `;; keysmith:ignore\n${leak}`],
    ['gitleaks', `${leak} # gitleaks:allow`],
    ['TruffleHog', `${leak} // trufflehog:ignore`],
    ['detect-secrets', `${leak}  # pragma: allowlist secret`],
    ['detect-secrets on the line above', `# pragma: allowlist nextline secret\n${leak}`],
    ['secretlint', `${leak} // secretlint-disable-line`],
    ['secretlint on the line above', `// secretlint-disable-next-line\n${leak}`],
    ['ggshield', `${leak} // ggignore`],
    ['a whole file', `// keysmith:ignore-file these are fixtures\n\n\n${leak}\n${leak}`],
    ['a whole file, below its first lines', `#!/bin/sh\n# a\n# b\n# keysmith:ignore-file\n${leak}`],
  ] as const) {
    it(`lets go what is excused by ${why}`, () => assert.equal(left(text), 0));
  }

  for (const [why, text] of [
    ['nothing excuses it', leak],
    ['the word is two lines above', `// keysmith:ignore\n\n${leak}`],
    ['the word is on the line below', `${leak}\n// keysmith:ignore`],
    ['the word excuses the code of the line above', `other() // keysmith:ignore\n${leak}`],
    ['the word is another', `${leak} // keysmith:ignored-no`.replace('ignored', 'ignor')],
    ['the word for a file is far down', `${'\n'.repeat(25)}// keysmith:ignore-file\n${leak}`],
    ['the word for the next line is on the same', `${leak} // keysmith:ignore-next-line`],
  ] as const) {
    it(`keeps a leak where ${why}`, () => assert.equal(left(text), 1));
  }

  it('excuses one line of several', () => {
    assert.equal(left(`${leak}\n${leak} // keysmith:ignore\n${leak}`), 2);
  });
});
