import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Contender, startContender } from '../bench/contender.ts';
import { webhooksOf } from '../bench/webhook.ts';

let bare: Contender;
beforeAll(async () => {
  bare = await startContender('bare-server.ts');
});
afterAll(() => bare.stop());

const post = (tokens: readonly string[]) =>
  fetch(bare.url, { method: 'POST', body: new Uint8Array(webhooksOf(tokens).body) });

it('The server that the benches compare with parses, keeps before it answers, knows again, and posts on what is new', async () => {
  const answer = await post(['bench-a-1', 'bench-a-2']);
  expect(answer.status).toBe(202);
  const kept = await readFile(join(bare.data, 'alerts.ndjson'), 'utf8');
  expect(
    kept
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).labels.service),
  ).toEqual(['bench-a-1', 'bench-a-2']);
  await post(['bench-a-2', 'bench-a-3']);
  const { marks } = await bare.settle();
  const marked = (what: string) => marks.filter((mark) => mark.what === what).map(({ token }) => token);
  expect(marked('stored')).toEqual(['bench-a-1', 'bench-a-2', 'bench-a-3']);
  expect(new Set(marked('mailed'))).toEqual(new Set(marked('stored')));
  expect(await bare.count()).toEqual({ accepted: 4, incidents: 3, mails: 3 });
});
