import { alertsApi, optionsInput } from '../../shared/alerts/api.ts';
import type { IntegrationOptions, Source } from '../../shared/alerts/index.ts';
import { plainFaults } from '../../shared/api/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { readActivity } from '../aws/integration-activity.ts';
import { verb } from '../edge/verb.ts';
import { changedMeanwhile, loadIntegration, writeIntegration } from './integration-change.ts';
import { type IntegrationRow, viewOf } from './integration-row.ts';

/** How often it is tried when somebody else is faster: what is changed here does not depend on what they changed. */
const ATTEMPTS = 3;

/** The options, if they are such that this source takes; else `invalid` with the place of the first fault. */
function optionsOf(source: Source, given: unknown): IntegrationOptions {
  const read = optionsInput(source).safeParse(given, { error: plainFaults });
  if (read.success) return read.data;
  const [{ message, path } = { message: 'It is none.', path: [] }] = read.error.issues;
  const place = ['body', 'options', ...path].join('.');
  throw new Refusal('invalid', `${place}: ${message} (source '${source}')`, place);
}

/** Renames, pauses or lets go on, in the list and in the doors. */
export const updateIntegration = verb({
  api: alertsApi['update-integration'],
  run: async ({ ctx: { org }, params: { id }, body: { name, paused, options } }) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = await loadIntegration(org, id);
      const after: IntegrationRow = {
        ...before,
        ...(name !== undefined && { name }),
        ...(paused !== undefined && { paused }),
        ...(options !== undefined && { options: optionsOf(before.source, options) }),
      };
      if (!(await writeIntegration(org, before, after))) continue;
      const now = clock.now();
      return viewOf(after, (await readActivity(org, now, id))(id), now);
    }
    throw changedMeanwhile();
  },
});
