import type { Id, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import type { Delivery, TestLimits } from '../../shared/on-call/index.ts';
import { schema } from '../../shared/table/index.ts';
import { stored } from '../aws/incident-rows.ts';
import { table, type Write } from '../aws/table.ts';

/** The last test notification that somebody had sent by one channel. */
export interface TestPage {
  readonly test: Id<'test'>;
  readonly askedAt: Instant;
  readonly delivery: Delivery;
}

/** Somebody who tries their own channels. */
export interface Tester {
  readonly org: OrganisationId;
  readonly person: string;
}

/** What somebody may still send to themselves. */
export async function loadLimits(tester: Tester): Promise<TestLimits | undefined> {
  const row = await table.get(schema.testLimits.key({ ...tester }));
  return row && stored<TestLimits>(row);
}

/** Stores it over the version before, with a test that it allows; false when another request was faster. */
export async function saveLimits(tester: Tester, limits: TestLimits, page?: TestPage): Promise<boolean> {
  const put = { ...schema.testLimits.key({ ...tester }), kind: 'test', ...limits };
  const guard = limits.version === 1 ? { ifNew: true } : { ifVersion: limits.version - 1 };
  const test: readonly Write[] = page ? [{ put: rowOf(tester, page) }] : [];
  return (await table.transact([{ put, ...guard }, ...test])).committed;
}

/** The last test by each channel. */
export async function testPagesOf(tester: Tester): Promise<readonly TestPage[]> {
  const partition = schema.testPage.partition({ ...tester });
  const { items } = await table.query({ partition, prefix: schema.testPage.sortPrefix });
  return items.map((row) => stored<TestPage>(row));
}

/** The last test by one channel. */
export async function loadTestPage(tester: Tester, channel: string): Promise<TestPage | undefined> {
  const row = await table.get(schema.testPage.key({ ...tester, channel }));
  return row && stored<TestPage>(row);
}

/** Stores what becomes of a test; false when another worker was faster, or a newer test took its place. */
export async function saveTestPage(tester: Tester, page: TestPage): Promise<boolean> {
  return table.put(rowOf(tester, page), {
    if: { test: { is: page.test }, seen: { is: page.delivery.version - 1 } },
  });
}

/** `seen` is the version of the delivery, where a condition can name it. */
const rowOf = (tester: Tester, page: TestPage) => ({
  ...schema.testPage.key({ ...tester, channel: page.delivery.channel }),
  kind: 'test',
  ...page,
  seen: page.delivery.version,
});
