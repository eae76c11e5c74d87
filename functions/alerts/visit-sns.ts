import { SECOND } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import type { Ports } from './ports.ts';

/** Asks an address of Amazon SNS, through the guarded client. That is loaded only here: few messages ask for it, and no other sender's. */
export const visitSns: Ports['visit'] = async (url) => {
  const { send } = await import('../edge/outbound.ts');
  const until = clock.now() + 4 * SECOND;
  const limits = { until, time: 2 * SECOND, bytes: 64 * 1024, tries: 2, repeatable: true };
  return send({ method: 'GET', url, isForSns: true }, limits);
};
