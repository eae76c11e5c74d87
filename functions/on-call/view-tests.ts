import { type Ctx, type Instant, toText } from '../../shared/kernel/index.ts';
import {
  channelsOf,
  isConfirmed,
  type Person,
  type TestsView,
  testsLeft,
  viewPage,
} from '../../shared/on-call/index.ts';
import { loadLimits, testPagesOf } from './test-pages.ts';
import { digestOf } from './tester.ts';

/** What somebody sees of their own channels. */
export async function viewTests(ctx: Ctx, person: Person, now: Instant): Promise<TestsView> {
  const tester = { org: ctx.org, person: person.id };
  const [limits, tests] = [await loadLimits(tester), await testPagesOf(tester)];
  const items = channelsOf(person).map((channel) => {
    const address = person[channel] ?? '';
    const confirmed = isConfirmed(limits, { channel, address: digestOf(ctx, person, address) });
    const last = tests.find(({ delivery }) => delivery.channel === channel);
    if (!last) return { channel, confirmed };
    const { state, at, reason } = viewPage(last.delivery);
    const what = { state, ...(at && { at }), ...(reason && { reason }) };
    return { channel, confirmed, test: { askedAt: toText(last.askedAt), ...what } };
  });
  return { person: { id: person.id, name: person.name }, left: testsLeft(limits, now), items };
}
