import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Addresses } from '../../infra/demo/addresses.ts';
import type { Called } from './call-chain.ts';

/** What a contender saw happen to the alert that carries a token. */
export interface Mark {
  readonly token: string;
  readonly what: 'stored' | 'mailed';
  readonly at: number;
}

/** All that happened since the last one; `at` is when nothing more was under way. */
export interface Settled {
  readonly at: number;
  readonly marks: readonly Mark[];
  readonly calls: readonly Called[];
}

/** What there is by now: alerts that were accepted, incidents, mails. */
export interface Counts {
  readonly accepted: number;
  readonly incidents: number;
  readonly mails: number;
}

/** What a contender is asked, and what it answers. */
export type Question = 'settle' | 'count';
export type Answer = Doors | Settled | Counts;

/** Where a contender is spoken to. */
export interface Doors {
  /** Where it takes webhooks, or the sockets of a room. */
  readonly url: string;
  /** Of a whole system. */
  readonly addresses?: Addresses;
}

/** A system under load, in a process of its own. */
export interface Contender extends Doors {
  /** The folder of its data. */
  readonly data: string;
  settle(): Promise<Settled>;
  count(): Promise<Counts>;
  stop(): Promise<void>;
}

/** Starts a file of this folder, with a new folder for its data as first argument. */
export async function startContender(file: string, ...more: readonly string[]): Promise<Contender> {
  const data = await mkdtemp(join(tmpdir(), 'bench-'));
  const child = fork(join(import.meta.dirname, file), [data, ...more]);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ask = async <Answered extends Answer>(question: Question): Promise<Answered> => {
    child.send(question);
    return (await answerOf(child)) as Answered;
  };
  const doors = (await answerOf(child)) as Doors;
  return {
    ...{ ...doors, data },
    settle: () => ask('settle'),
    count: () => ask('count'),
    async stop() {
      child.disconnect();
      await gone;
      await rm(data, { recursive: true, force: true });
    },
  };
}

function answerOf(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const died = () => reject(new Error('A contender ended by itself; see above'));
    child.once('exit', died);
    child.once('message', (answer: Answer) => {
      child.off('exit', died);
      resolve(answer);
    });
  });
}
