import { SECOND } from '../../shared/kernel/index.ts';
import {
  answerText,
  type EffectResult,
  expectationFault,
  type HttpCall,
  MOST_ANSWERED,
} from '../../shared/runbooks/index.ts';
import { send } from '../edge/outbound.ts';
import type { Performing } from './perform.ts';
import { unanswered } from './unanswered.ts';

/** Longer than an attempt may take. */
const LONGEST = 10 * SECOND;

/** Sends the request of an `http:` step and judges the answer, of a long one its beginning. */
export async function performHttp(
  { method, url, body }: HttpCall,
  { step, planned: { mayRepeat }, until }: Pick<Performing, 'step' | 'planned' | 'until'>,
): Promise<EffectResult> {
  const sent = body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } };
  try {
    const answer = await send(
      { method, url, ...sent },
      { until, tries: 1, time: LONGEST, bytes: MOST_ANSWERED, beyond: 'cut', repeatable: mayRepeat },
    );
    const output = answerText(answer);
    const fault = expectationFault(step.expect ?? {}, answer);
    return fault === undefined ? { is: 'succeeded', output } : { is: 'failed', reason: fault, output };
  } catch (error) {
    return unanswered(error, mayRepeat);
  }
}
