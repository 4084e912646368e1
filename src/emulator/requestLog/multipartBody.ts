import { Busboy } from '@fastify/busboy';
import { messageOf } from '../../shared/errors.ts';

const limits = { fields: 1000, fieldSize: 16_384, files: 100, parts: 1000, headerPairs: 100 };

/** Some charsets have halves of characters, which nothing encodes. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

/** A multipart body as a form: its fields, and of a file its name, type and size, but nothing that stands in it. */
export function readMultipart(type: string, body: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const pairs: string[] = [];
    const add = (name: string | undefined, value: string): void =>
      void pairs.push([name ?? '', value].map(encoded).join('='));
    const unreadable = (error: unknown): void =>
      resolve(`[${body.length} bytes of multipart that do not parse: ${messageOf(error)}]`);
    try {
      const reader = new Busboy({ headers: { 'content-type': type }, limits });
      reader.on('field', (name, value) => add(name, value));
      reader.on('file', (name, content, file, _encoding, fileType) => {
        let size = 0;
        content.on('error', unreadable); // the body ends in the middle of the file
        content.on('data', (chunk: Buffer) => void (size += chunk.length));
        content.on('end', () => add(name, `[file ${file}, ${fileType}, ${size} bytes]`));
      });
      reader.on('finish', () => resolve(pairs.join('&')));
      reader.on('error', unreadable);
      reader.end(body);
    } catch (error) {
      unreadable(error); // the type names no boundary
    }
  });
}
