import type { EffectResult } from '../../shared/runbooks/index.ts';
import { clock } from '../aws/clock.ts';
import { awsFault } from '../aws/fault-of-aws.ts';
import { invokeFunction } from '../aws/invoke-function.ts';
import type { Performing } from './perform.ts';

/** Calls the function of a `lambda:` step and waits for its answer. */
export async function performLambda(
  { name, payload }: { readonly name: string; readonly payload: string },
  { until, planned: { mayRepeat } }: Pick<Performing, 'until' | 'planned'>,
): Promise<EffectResult> {
  try {
    const { failed, payload: output } = await invokeFunction(name, payload, until - clock.now());
    return failed ? { is: 'failed', reason: 'The function failed', output } : { is: 'succeeded', output };
  } catch (error) {
    const { message, isClear } = awsFault(error);
    return { is: isClear || mayRepeat ? 'failed' : 'unknown', reason: message };
  }
}
