import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Refusal } from '../../shared/kernel/index.ts';
import { lowerCased, readText } from './body.ts';
import { replyToError } from './errors.ts';
import { templateOf } from './match.ts';
import type { Reply } from './reply.ts';
import type { Refused, Verb } from './verb.ts';

const form = 'application/x-www-form-urlencoded';

/** Whether a person waits for a page: whoever sends JSON, or accepts nothing but it, gets JSON. */
export function wantsPage(headers: Readonly<Record<string, string>>): boolean {
  const type = headers['content-type'] ?? '';
  const accept = headers.accept ?? '';
  if (/^\s*application\/([\w.+-]+\+)?json\b/i.test(type)) return false;
  if (/\btext\/html\b/i.test(accept)) return true;
  return type.trim().toLowerCase().startsWith(form) && !/\bapplication\/json\b/i.test(accept);
}

/** Carries out a request; where a person waits and the verb has a page for it, what goes wrong is told by that page. */
export async function inWords(
  event: APIGatewayProxyEvent,
  { explain }: Verb,
  run: () => Promise<Reply>,
): Promise<Reply> {
  if (explain === undefined || !wantsPage(lowerCased(event.headers))) return run();
  try {
    return await run();
  } catch (thrown) {
    const { status } = replyToError(thrown, event.requestContext.requestId, templateOf(event));
    return explain({ status, sent: fieldsOf(event), ...(thrown instanceof Refusal && saidBy(thrown)) });
  }
}

const saidBy = ({ message, param }: Refusal): Partial<Refused> => ({
  message,
  ...(param !== undefined && { param }),
});

/** What the form had in its fields; nothing where that cannot be read, which may be the very fault. */
function fieldsOf(event: APIGatewayProxyEvent): Refused['sent'] {
  try {
    return Object.fromEntries(new URLSearchParams(readText(event)));
  } catch (error) {
    if (error instanceof Refusal) return {};
    throw error;
  }
}
