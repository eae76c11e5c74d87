import { alertsApi } from '../../shared/alerts/api.ts';
import { type Change, serviceNamed, viewChange } from '../../shared/alerts/index.ts';
import { idOf, MINUTE, Refusal, toText } from '../../shared/kernel/index.ts';
import { keepChange } from '../aws/changes.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';

/** How far ahead the clock of whoever tells a change may be. */
const AHEAD = 5 * MINUTE;

/** Keeps what somebody says that was changed, such as a deployment; a repetition under one Idempotency-Key is the same change. */
export const recordChange = verb({
  api: alertsApi['record-change'],
  run: async ({ ctx: { org, actor }, body, attempt }) => {
    const now = clock.now();
    const { at = attempt.at, service: said, ...rest } = body;
    if (at > now + AHEAD) {
      throw new Refusal(
        'invalid',
        `${toText(at)} is in the future; tell a change when it is done.`,
        'body.at',
      );
    }
    const service = serviceNamed(said);
    const change: Change = {
      id: idOf('change', at, org, attempt.seed),
      ...{ ...rest, at, recordedAt: now, recordedBy: actor },
      ...(service !== undefined && { service }),
    };
    await keepChange(org, change);
    return viewChange(change);
  },
});
