import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readMultipart } from '../../../src/emulator/requestLog/multipartBody.ts';

const type = 'multipart/form-data; boundary=xyz';
const part = (headers: string, value: string): string =>
  `--xyz\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${value}\r\n`;
const end = '--xyz--\r\n';
const whole =
  part('name="a"', '1') + part('name="file"; filename="a.txt"', 'content '.repeat(20)) + part('name="b"', '2') + end;

const read = (body: string): Promise<string> => readMultipart(type, Buffer.from(body, 'latin1'));

describe('a multipart body', () => {
  it('is told as a form, without what stands in its files', async () => {
    const told = decodeURIComponent(await read(whole));
    assert.equal(told, 'a=1&b=2&file=[file a.txt, text/plain, 160 bytes]');
  });

  it('is told of wherever it breaks off', async () => {
    for (let length = 0; length < whole.length - end.length; length += 1)
      assert.match(await read(whole.slice(0, length)), /multipart that do not parse/, `after ${length}`);
  });

  it('may have halves of characters', async () => {
    const headers = 'name="a"\r\nContent-Type: text/plain; charset=utf-16le';
    assert.equal(decodeURIComponent(await read(part(headers, '\x00\xd8') + end)), 'a=\uFFFD');
  });
});
