import { onCallApi } from '../../shared/on-call/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { personAsking } from './tester.ts';
import { viewTests } from './view-tests.ts';

/** The channels of whoever asks, and what became of their last tests. */
export const listTests = verb({
  api: onCallApi['list-tests'],
  run: async ({ ctx }) => viewTests(ctx, await personAsking(ctx), clock.now()),
});
