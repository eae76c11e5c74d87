import { type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { textOf } from '../../reading.ts';

/** The name of the repository, which is the service unless a deployment's payload names another. */
export const repositoryOf = (body: JsonRecord): string | undefined => textOf(recordOf(body.repository).name);

export const loginOf = (person: unknown): string | undefined => textOf(recordOf(person).login);

/** The first seven digits, as people write a commit. */
export const short = (sha: unknown): string | undefined => textOf(sha)?.slice(0, 7);

/** The first line of a message. */
export const subject = (message: unknown): string | undefined =>
  textOf(message)
    ?.slice(0, 1_000)
    .trim()
    .split(/[\r\n]/, 1)[0];
