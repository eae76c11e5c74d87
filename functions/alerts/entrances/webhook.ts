import { type AlertSource, type Source, sourceNames, sources } from '../../../shared/alerts/index.ts';
import { Refusal } from '../../../shared/kernel/index.ts';
import { BODY_LIMIT } from '../../edge/body.ts';
import { replyToError } from '../../edge/errors.ts';
import { reply } from '../../edge/reply.ts';
import type { Entrance } from './entrance.ts';

/** An address with source and key in its path, and answers in our own words. */
export const webhook: Entrance = {
  source({ params, event }) {
    const source = sourceNamed(params.source ?? '');
    if (event.httpMethod === 'GET') refuseGet(source, event.queryStringParameters ?? {});
    return source;
  },
  limit: BODY_LIMIT,
  keyOf: ({ params }) => params.key ?? keyMissing(),
  taken: ({ receipt, signals, asides, ignored }) =>
    reply(202, {
      status: 'accepted',
      signals,
      ...(asides > 0 && { asides }),
      ...(ignored !== undefined && { ignored }),
      receipt,
    }),
  refused: (thrown, { requestId }) => replyToError(thrown, requestId, 'receive'),
};

/** A sender that was set up with the address but without its key. */
function keyMissing(): never {
  throw new Refusal(
    'unauthenticated',
    'The address lacks its key: use the whole URL that the integration was made with.',
  );
}

function sourceNamed(text: string): Source {
  const source = sourceNames.find((each) => each === text);
  if (source !== undefined) return source;
  throw new Refusal(
    'not_found',
    `There are no webhooks for this source; there are for ${sourceNames.join(', ')}.`,
    'path.source',
  );
}

/** An address that somebody opens in a browser is no alert, nor is one that a mail scanner follows. */
function refuseGet(source: Source, query: object): void {
  const { byQuery }: AlertSource = sources[source];
  if (!byQuery) {
    throw new Refusal('not_found', 'There is nothing to read here; send alerts with POST or PUT.');
  }
  if (Object.keys(query).length > 0) return;
  throw new Refusal(
    'invalid',
    'The query is empty; send what there is to tell in it, or with POST.',
    'query',
  );
}
