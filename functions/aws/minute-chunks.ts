import type { SignalLine } from '../../shared/alerts/index.ts';
import type { IntegrationId, OrganisationId } from '../../shared/kernel/index.ts';
import { schema, shards } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { table } from './table.ts';

/** Lines as version 0.1.0 stored them: `by` is the place of the integration in the list of the chunk. */
interface MinuteChunk {
  readonly lines: readonly (Omit<SignalLine, 'integration'> & { readonly by?: number })[];
  readonly integrations?: readonly IntegrationId[];
}

/** Hands over what version 0.1.0 kept of a minute: it may still store while a deployment is under way, or after it was rolled back. */
export async function eachMinuteLine(
  org: OrganisationId,
  minute: number,
  hear: (line: SignalLine) => void,
): Promise<void> {
  await allDone(
    [...Array(shards.signals).keys()].map(async (shard) => {
      const partition = schema.minuteChunk.partition({ org, minute, shard });
      for await (const rows of table.queryAnswers<MinuteChunk>({ partition }))
        for (const { lines, integrations = [] } of rows)
          for (const { by, ...line } of lines)
            hear({ ...line, integration: by === undefined ? undefined : integrations[by] });
    }),
  );
}
