import { isOpen } from '../../shared/incidents/index.ts';
import { postmortemsApi } from '../../shared/postmortems/api.ts';
import type { PostmortemCommand } from '../../shared/postmortems/index.ts';
import { clock } from '../aws/clock.ts';
import { commandPostmortem } from '../aws/postmortem-log.ts';
import { versionIn } from '../edge/if-match.ts';
import { verb } from '../edge/verb.ts';
import { found, shown } from './found.ts';

/** A person writes sections, or moves the post-mortem on; all of it or nothing. */
export const change = verb({
  api: postmortemsApi.change,
  run: async ({ ctx: { org, actor }, params: { id }, body: { status, sections = {} }, headers, cause }) => {
    const expectedVersion = versionIn(headers);
    const { postmortem: before, actions, incident } = await found(org, id);
    const writes = Object.entries(sections).map(
      ([section, text]) => ({ do: 'write', section, text }) as const,
    );
    const move = status && ({ do: 'move', to: status, over: !isOpen(incident) } as const);
    // What is moved back is open again for what is written; what is moved to done takes it along.
    const commands: readonly PostmortemCommand[] =
      move === undefined ? writes : before.status === 'done' ? [move, ...writes] : [...writes, move];
    const postmortem = await commandPostmortem(org, id, commands, {
      ...{ actor, now: clock.now(), cause },
      ...(expectedVersion !== undefined && { expectedVersion }),
    });
    return shown(200, { postmortem, actions });
  },
});
