import { type Answer, textAnswer } from './answer.ts';
import type { EngineCall } from './call.ts';

type Doing = (body: Buffer) => Promise<Answer>;
type Entries = readonly unknown[];
type Json = Record<string, unknown>;

const isDone = (_: unknown, at: number): boolean => at % 2 === 1;
const isLeft = (one: unknown, at: number): boolean => !isDone(one, at);

/**
 * Does of a batch every second entry, beginning with the second, and says of the others that they were not done, as the
 * service does: `UnprocessedKeys`, `UnprocessedItems` or `Failed`.
 */
export async function partly({ operation, body }: EngineCall, doing: Doing): Promise<Answer> {
  const asked = JSON.parse(body) as Json;
  if (operation.startsWith('Batch')) return partOfTables(asked, operation, doing);
  if (operation.endsWith('Batch')) return partOfQueue(asked, doing);
  throw new Error(`${operation} is no batch, so no part of it can be done`);
}

type TablePart = Entries | { readonly Keys: Entries };

async function partOfTables(asked: Json, operation: string, doing: Doing): Promise<Answer> {
  const parts = Object.entries(asked.RequestItems as Record<string, TablePart>);
  const only = (fits: typeof isDone) =>
    Object.fromEntries(
      parts.flatMap(([table, part]) => {
        const chosen = (entriesOf(part) as Entries).filter(fits);
        return chosen.length === 0 ? [] : [[table, Array.isArray(part) ? chosen : { ...part, Keys: chosen }]];
      }),
    );
  const rest = { [operation === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems']: only(isLeft) };
  const done = only(isDone);
  if (Object.keys(done).length === 0) return answerWith({ Responses: {}, ...rest });
  return added(await doing(Buffer.from(JSON.stringify({ ...asked, RequestItems: done }))), rest);
}

const entriesOf = (part: TablePart): Entries => ('Keys' in part ? part.Keys : part);

async function partOfQueue(asked: Json, doing: Doing): Promise<Answer> {
  const entries = asked.Entries as readonly { readonly Id: string }[];
  const Failed = entries.filter(isLeft).map(({ Id }) => ({
    ...{ Id, SenderFault: false, Code: 'InternalError', Message: 'Internal server error' },
  }));
  const done = entries.filter(isDone);
  if (done.length === 0) return answerWith({ Successful: [], Failed });
  return added(await doing(Buffer.from(JSON.stringify({ ...asked, Entries: done }))), { Failed });
}

function added(answer: Answer, rest: Json): Answer {
  return answer.status === 200
    ? answerWith({ ...(JSON.parse(answer.body.toString()) as Json), ...rest })
    : answer;
}

const answerWith = (body: Json): Answer =>
  textAnswer(200, JSON.stringify(body), { 'content-type': 'application/x-amz-json-1.0' });
