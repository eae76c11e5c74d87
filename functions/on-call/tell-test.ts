import {
  type Claimed,
  claimDelivery,
  markDropped,
  markFailed,
  markRefused,
  markSent,
  pauseAfter,
  providerOf,
  TEST_TRIES,
  testContent,
} from '../../shared/on-call/index.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { setting } from '../aws/settings.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { log } from '../edge/log.ts';
import { NotNow, TryAgain } from '../edge/queue.ts';
import { learn } from './breaker.ts';
import type { TestAsked } from './messages.ts';
import { provide } from './providers.ts';
import { loadTestPage, saveTestPage, type TestPage } from './test-pages.ts';

/** Carries out a test notification as a page is: claimed, handed to the provider, marked; tried a few times only. */
export async function tellTest(message: TestAsked): Promise<void> {
  const page = await loadTestPage(message, message.channel);
  // A newer one has taken its place.
  if (!page || page.test !== message.test) return;
  const claim = claimDelivery(page.delivery, clock.now());
  if (claim.outcome === 'finished') return;
  if (claim.outcome === 'held') throw new NotNow('it is not time for this test', claim.until - clock.now());
  if (!(await saveTestPage(message, { ...page, delivery: claim.delivery })))
    throw new NotNow('another worker is carrying out this test');
  const { people } = (await loadConfiguration(message.org, tellLeftOut)).body;
  const person = people.find(({ id }) => id === message.person);
  if (person) return carryOut(message, page, claim.delivery, person);
  const dropped = markDropped(claim.delivery, 'unreachable', clock.now());
  await saveTestPage(message, { ...page, delivery: dropped });
}

async function carryOut(
  message: TestAsked,
  page: TestPage,
  claimed: Claimed,
  person: Parameters<typeof testContent>[1],
): Promise<void> {
  const { org, channel, test } = message;
  const consoleUrl = `${setting('consoleUrl')}/on-call`;
  const { possiblyAgain } = claimed;
  const content = testContent(message, person, { consoleUrl, possiblyAgain, now: clock.now() });
  const eventId = [test, 1, 1, person.id, channel].join('.');
  const provided = await provide({ org, channel, eventId }, person, content);
  const now = clock.now();
  const save = (delivery: TestPage['delivery']) => saveTestPage(message, { ...page, delivery });
  log.info('test notification', { org, person: person.id, channel, outcome: provided.outcome });
  await learn(provided, { org, provider: providerOf(channel, person[channel]) });
  if (provided.outcome === 'sent') {
    await save(markSent(claimed, provided.providerId, now));
    return;
  }
  const isRefused = provided.outcome === 'refused';
  const failed = isRefused ? markRefused(claimed, provided.reason, now) : markFailed(claimed, provided, now);
  await save(failed);
  if (!isRefused && failed.attempts < TEST_TRIES)
    throw new TryAgain(`A test was not sent: ${provided.reason}`, pauseAfter(failed), {
      cause: provided.error,
    });
}
