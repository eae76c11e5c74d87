import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type * as z from 'zod';
import { serve } from './serve.ts';

/** An answer of an engine; a member `__type` makes it an error. */
export type JsonAnswer = Readonly<Record<string, unknown>>;

/** A server that speaks AWS's JSON protocol 1.1. */
export interface JsonEngine {
  /** http://127.0.0.1:port */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Serves operations, named as in `X-Amz-Target` after the dot. What is thrown becomes an error of the name given. */
export async function startJsonEngine(
  wrong: string,
  handle: (operation: string, input: unknown) => JsonAnswer,
): Promise<JsonEngine> {
  const server = createServer((request, response) => {
    const refuse = (error: unknown) => ({ __type: wrong, message: String(error) });
    void answerTo(request, handle)
      .catch(refuse)
      .then((answer: JsonAnswer) => {
        response.writeHead('__type' in answer ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(answer));
      });
  });
  return serve(server);
}

async function answerTo(
  request: IncomingMessage,
  handle: (operation: string, input: unknown) => JsonAnswer,
): Promise<JsonAnswer> {
  const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return handle(operation, JSON.parse(Buffer.concat(parts).toString()));
}

/** What an engine keeps in one file, readable by its owner only; what cannot be made anew is never begun anew by itself. */
export function privateFile<Content>(
  file: string,
  schema: z.ZodType<Content>,
  { none, what }: { readonly none: Content; readonly what: string },
): { readonly content: Content; save(): void } {
  const content = existsSync(file) ? read(file, schema, what) : none;
  return {
    content,
    save() {
      writeFileSync(`${file}.new`, JSON.stringify(content, undefined, 2), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

function read<Content>(file: string, schema: z.ZodType<Content>, what: string): Content {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${file} cannot be read as ${what} (${why}). Put it back as it was, or begin anew: npm start -- --fresh`,
      { cause: error },
    );
  }
}
