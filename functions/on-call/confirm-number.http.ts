import { Refusal } from '../../shared/kernel/index.ts';
import { onCallApi } from '../../shared/on-call/api.ts';
import { giveCode } from '../../shared/on-call/index.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { loadLimits, saveLimits } from './test-pages.ts';
import { digestOf, personAsking } from './tester.ts';
import { viewTests } from './view-tests.ts';

/** Confirms the number of whoever asks, by the code that it was sent. */
export const confirmNumber = verb({
  api: onCallApi['confirm-number'],
  run: async ({ ctx, body }) => {
    const person = await personAsking(ctx);
    const tester = { org: ctx.org, person: person.id };
    const number = digestOf(ctx, person, person.sms ?? '');
    const now = clock.now();
    const after = giveCode(await loadLimits(tester), { number, code: digestOf(ctx, person, body.code) }, now);
    if (!(await saveLimits(tester, after)))
      throw new Refusal('conflict', 'Another code was given in this moment; try again.');
    if (after.confirmed !== number)
      throw new Refusal('invalid', 'That is not the code that this number was sent.', 'body.code');
    return viewTests(ctx, person, now);
  },
});
